// SPDX-License-Identifier: Apache-2.0
#include "activityfilter.h"

#include <QEvent>

namespace riderport::ui {

namespace {

enum class Input { None, Start, Continue, Finish };

Input inputOf(const QEvent &event)
{
    switch (event.type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::TouchBegin:
    case QEvent::KeyPress:
        return Input::Start;
    case QEvent::TouchUpdate:
    case QEvent::Wheel:
        return Input::Continue;
    case QEvent::MouseButtonRelease:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
    case QEvent::KeyRelease:
        return Input::Finish;
    default:
        return Input::None;
    }
}

} // namespace

ActivityFilter::ActivityFilter(session::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{}

bool ActivityFilter::eventFilter(QObject *watched, QEvent *event)
{
    const Input input = inputOf(*event);
    if (input == Input::None)
        return m_swallowing && event->type() == QEvent::MouseMove;
    if (input == Input::Start)
        m_swallowing = m_session.state().phase == session::SessionState::Phase::Attract;
    const bool swallow = m_swallowing;
    if (input == Input::Finish)
        m_swallowing = false;
    m_session.noteActivity();
    return swallow || QObject::eventFilter(watched, event);
}

} // namespace riderport::ui
