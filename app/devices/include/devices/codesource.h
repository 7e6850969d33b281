// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

namespace riderport::base {
class Clock;
}

namespace riderport::devices {

/// Where codes come from: camera, serial scanner, scanner that types keys. Lives on the GUI thread;
/// signals arrive there. A code is untrusted text of at most kLongestCode characters: whoever
/// receives it verifies it.
class CodeSource : public QObject
{
    Q_OBJECT
public:
    enum class Kind { Camera, Serial, Keyboard };
    Q_ENUM(Kind)

    enum class State {
        Stopped,
        Absent, ///< no such device; it is looked for again
        Ready,
        Failed, ///< the device is there but does not work; it is tried again
    };
    Q_ENUM(State)

    /// Advice for the person, most useful first.
    enum class Hint { None, Closer, Tilted, Brighter, Glare };
    Q_ENUM(Hint)

    static constexpr qsizetype kLongestCode = 512;

    virtual void start() = 0;
    virtual void stop() = 0;
    [[nodiscard]] virtual Kind kind() const = 0;
    [[nodiscard]] State state() const { return m_state; }

Q_SIGNALS:
    /// The same text is not repeated within two seconds.
    void codeRead(const QString &text, riderport::devices::CodeSource::Kind source);
    void scanHint(riderport::devices::CodeSource::Hint hint);
    void stateChanged(riderport::devices::CodeSource::State state);

protected:
    /// `clock` must outlive this object.
    CodeSource(const base::Clock *clock, QObject *parent);
    void setState(State state);
    /// Emits codeRead() unless it repeats or is too long.
    void publish(const QString &text);

private:
    const base::Clock *m_clock;
    State m_state = State::Stopped;
    QString m_lastText;
    qint64 m_lastMs = 0;
};

} // namespace riderport::devices
