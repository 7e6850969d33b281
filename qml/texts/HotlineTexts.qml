// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// Public hotlines shown wherever somebody may be stuck.
QtObject {
    readonly property list<string> numbers: ["12333", "12393", "12329", "12348", "12345", "110", "119", "120"]
    readonly property list<string> names: [qsTr("社保就业"), qsTr("医保"), qsTr("公积金"), qsTr("法律援助"), qsTr("政务热线"), qsTr("报警"), qsTr("火警"), qsTr("急救")]
}
