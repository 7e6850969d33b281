// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: every file of the corpus folder as it is, and mutations of
// it that depend on nothing but the file's bytes. An empty or missing corpus is a failure: it would
// prove nothing.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr int kMutationsPerFile = 20'000;

void run(const Bytes &bytes)
{
    // A copy of exactly this size, so that AddressSanitizer sees one byte too many.
    const Bytes exact(bytes);
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void mutate(Bytes &bytes, std::mt19937 &random)
{
    const auto below = [&random](std::size_t limit) { return random() % limit; };
    switch (bytes.empty() ? 3 : below(5)) {
    case 0: // one bit
        bytes[below(bytes.size())] ^= static_cast<std::uint8_t>(1U << below(8));
        break;
    case 1: // a byte of the kind that ends or widens things
        bytes[below(bytes.size())] = std::uint8_t("\x00\xff\x7f\x80{}\",:-0\n"[below(12)]);
        break;
    case 2: // cut
        bytes.resize(below(bytes.size()));
        break;
    case 3: // a byte more
        bytes.insert(bytes.begin() + std::ptrdiff_t(below(bytes.size() + 1)),
                     std::uint8_t(random()));
        break;
    default: { // a piece twice
        const std::size_t from = below(bytes.size());
        const Bytes piece(bytes.begin() + std::ptrdiff_t(from),
                          bytes.begin() + std::ptrdiff_t(from + below(bytes.size() - from) + 1));
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        break;
    }
    }
}

} // namespace

int main(int argc, char **argv)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    if (argc == 2) {
        for (const auto &entry : std::filesystem::directory_iterator(argv[1], error)) {
            if (entry.is_regular_file())
                files.push_back(entry.path());
        }
    }
    if (files.empty()) {
        std::fprintf(stderr, "usage: %s CORPUS (a folder with at least one file)\n", argv[0]);
        return 2;
    }
    std::size_t runs = 1;
    run({});
    for (const auto &file : files) {
        std::ifstream stream(file, std::ios::binary);
        const Bytes seed{std::istreambuf_iterator<char>(stream), {}};
        run(seed);
        std::seed_seq sequence(seed.begin(), seed.end());
        std::mt19937 random(sequence);
        for (int i = 0; i < kMutationsPerFile; ++i) {
            Bytes bytes(seed);
            for (auto steps = random() % 4 + 1; steps > 0; --steps)
                mutate(bytes, random);
            run(bytes);
        }
        runs += 1 + kMutationsPerFile;
    }
    std::printf("%zu files, %zu runs\n", files.size(), runs);
    return 0;
}
