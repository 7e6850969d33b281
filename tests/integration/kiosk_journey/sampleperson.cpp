// SPDX-License-Identifier: Apache-2.0
// riderport-sample-person N: who the made-up worker N is, so that tests can look for traces of
// them.
#include "domain/sampleperson.h"
#include "domain/masking.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace riderport;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const quint64 subject = argc == 2 ? QByteArray(argv[1]).toULongLong() : 0;
    if (subject < 1 || subject > domain::kMaxSampleSubject) {
        std::fputs("usage: riderport-sample-person N\n", stderr);
        return 2;
    }
    const auto person = domain::samplePerson(subject);
    const QJsonObject answer{{u"name"_s, person.name},
                             {u"name_masked"_s, domain::maskName(person.name)},
                             {u"id_number"_s, person.idNumber},
                             {u"mobile"_s, person.mobile},
                             {u"employer"_s, person.employer}};
    std::puts(QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
    return 0;
}
