// SPDX-License-Identifier: Apache-2.0
#include "identity/loginports.h"

#include <algorithm>
#include <array>

namespace riderport::identity {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using State = TicketStatus::State;

namespace {

struct StateWord
{
    State state;
    QLatin1StringView word;
};
constexpr std::array kStateWords{
        StateWord{State::Created, "created"_L1},     StateWord{State::Scanned, "scanned"_L1},
        StateWord{State::Confirmed, "confirmed"_L1}, StateWord{State::Expired, "expired"_L1},
        StateWord{State::Cancelled, "cancelled"_L1},
};

} // namespace

bool noVerdict(ErrorKind kind)
{
    return kind == ErrorKind::Offline || kind == ErrorKind::Timeout ||
           kind == ErrorKind::Unavailable;
}

QString ticketStateName(State state)
{
    const auto *entry = std::find_if(kStateWords.begin(), kStateWords.end(),
                                     [state](const StateWord &e) { return e.state == state; });
    return entry == kStateWords.end() ? QString() : QString(entry->word);
}

std::optional<State> ticketStateFromName(const QString &name)
{
    const auto *entry = std::find_if(kStateWords.begin(), kStateWords.end(),
                                     [&name](const StateWord &e) { return e.word == name; });
    if (entry == kStateWords.end())
        return std::nullopt;
    return entry->state;
}

} // namespace riderport::identity
