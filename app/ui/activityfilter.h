// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/session.h"

#include <QObject>

namespace riderport::ui {

/// Watches the window's input: every touch or key is activity, and the touch that wakes the idle
/// loop is swallowed whole (press to release), so that it presses nothing underneath.
class ActivityFilter : public QObject
{
    Q_OBJECT
public:
    explicit ActivityFilter(session::Session &session, QObject *parent = nullptr);
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    session::Session &m_session;
    bool m_swallowing = false;
};

} // namespace riderport::ui
