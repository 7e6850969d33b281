// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// Error code → what happened, what to do now, whom to call. The only such table of the kiosk.
// Codes are stable (README of the libraries that make them); a code that is not here falls back
// to its kind, so that a newer server never leads to an empty page.
QtObject {
    id: root

    readonly property var byCode: ({
            "token.expired": [qsTr("这个骑士码过期了。"), qsTr("在手机上下拉刷新，把新码再对准一次。")],
            "token.not-yet-valid": [qsTr("这个骑士码的时间比本机早。"), qsTr("请把手机时间设成自动，再刷新骑士码。")],
            "token.replayed": [qsTr("这个骑士码刚才用过了。"), qsTr("一个码只能用一次。请在手机上刷新出新码再试。")],
            "token.forged": [qsTr("这个码不是骑士港发的。"), qsTr("请从骑士港手机页面打开“我的骑士码”。")],
            "token.foreign-district": [qsTr("这是别的区的骑士码。"), qsTr("可以用手机扫屏幕上的码登录，或到您所在区的驿站办理。")],
            "token.other-station": [qsTr("这个码是给另一个驿站用的。"), qsTr("请扫本机屏幕上的二维码，手机会换成本站的码。")],
            "token.unknown-key": [qsTr("本机还不认识您手机里的钥匙。"), qsTr("请用手机扫屏幕上的码登录；联网后再用骑士码就可以了。")],
            "token.key-expired": [qsTr("您手机里的登录钥匙到期了。"), qsTr("在手机上重新登录一次，就会换一把新的。")],
            "token.clock": [qsTr("本机和手机的时间差得太多。"), qsTr("请把手机时间设成自动。如果手机没问题，请按“呼叫”告诉工作人员。")],
            "token.malformed": [qsTr("这不是骑士码。"), qsTr("请从骑士港手机页面打开“我的骑士码”再对准。")],
            "token.too-long": [qsTr("这个码里的内容太多，不是骑士码。"), qsTr("请从骑士港手机页面打开“我的骑士码”再对准。")],
            "ticket.expired": [qsTr("屏幕上的码过期了。"), qsTr("按“换一个码”，再扫一次。")],
            "ticket.cancelled": [qsTr("您在手机上取消了登录。"), qsTr("如果按错了，按“换一个码”再扫一次；如果不是您本人操作，请不要确认。")],
            "ticket.offline": [qsTr("现在连不上区服务器，扫码登录用不了。"), qsTr("请打开手机上的骑士码，对准摄像头登录。")],
            "camera.absent": [qsTr("摄像头现在用不了。"), qsTr("请用手机扫屏幕上的码登录，或用旁边的扫码器。")],
            "NOT_ENROLLED": [qsTr("没有查到您在十堰的参保记录。"), qsTr("可能是在别的城市参保，或单位还没办。可以打12333问问。")],
            "MULTI_ACCOUNT": [qsTr("您名下有不止一个账户。"), qsTr("请先打12333合并账户，再来查询。")],
            "IDENTITY_MISMATCH": [qsTr("姓名和证件号对不上。"), qsTr("请带身份证到窗口核对，或打12333。")],
            "UPSTREAM_DOWN": [qsTr("部门系统正在维护。"), qsTr("请过一会儿再试。办理指南现在也能看。")],
            "TIMEOUT": [qsTr("部门系统没有及时回应。"), qsTr("您没有被扣费，也没有提交任何东西。请再试一次。")],
            "RATE_LIMITED": [qsTr("刚才查得太频繁了。"), qsTr("请等一分钟再试。")],
            "OUT_OF_WINDOW": [qsTr("现在不在办理时间。"), qsTr("请看办理指南里的时间，到时再来。")],
            "OFFLINE": [qsTr("现在没有网络，查不了。"), qsTr("办理指南和材料清单现在也能看，恢复后再来查。")],
            "SESSION_EXPIRED": [qsTr("登录时间到了。"), qsTr("请重新登录，再办一次。")],
            "CONSENT_MISSING": [qsTr("还没有得到您的同意，不能去查。"), qsTr("请回到上一步看一下授权说明，再决定。")],
            "INTERNAL": [qsTr("本机出了点问题。"), qsTr("请按“呼叫”，工作人员会来帮您。")],
            "enrol.needed": [qsTr("这台终端还没有登记。"), qsTr("请工作人员用登记码登记本机；现在还不能办事。")],
            "enrol.code-invalid": [qsTr("登记码不对。"), qsTr("请工作人员核对登记码，或重新申请一个。")],
            "enrol.code-malformed": [qsTr("登记码不对。"), qsTr("请工作人员核对登记码，或重新申请一个。")],
            "enrol.code-expired": [qsTr("登记码过期了。"), qsTr("请工作人员重新申请一个登记码。")],
            "enrol.code-used": [qsTr("登记码已经用过了。"), qsTr("请工作人员重新申请一个登记码。")],
            "token.version": [qsTr("这个骑士码是新版的，本机还不认识。"), qsTr("请用手机扫屏幕上的码登录。")],
            "token.key-forged": [qsTr("这个码不是骑士港发的。"), qsTr("请从骑士港手机页面打开“我的骑士码”。")],
            "service.offline": [qsTr("现在没有网络，查不了。"), qsTr("办理指南和材料清单现在也能看，恢复后再来查。")],
            "service.unconfirmed": [qsTr("区服务器还没有确认您的登录。"), qsTr("请过一会儿再试一次，不用重新登录。")],
            "storage.full": [qsTr("本机的存储空间满了，暂时不能提交新业务。"), qsTr("查询和指南照常。请按“呼叫”告诉工作人员。")],
            "cache.rebuilding": [qsTr("本机正在重新下载资料。"), qsTr("请稍等几分钟，已提交的业务不受影响。")]
        })
    readonly property var byKind: ({
            "offline": byCode["OFFLINE"],
            "timeout": byCode["TIMEOUT"],
            "unavailable": byCode["UPSTREAM_DOWN"],
            "rate-limited": byCode["RATE_LIMITED"],
            "expired": byCode["SESSION_EXPIRED"],
            "replay": byCode["token.replayed"],
            "clock-skew": byCode["token.clock"],
            "storage": byCode["storage.full"],
            "unauthorized": [qsTr("没有认出您的身份。"), qsTr("请重新登录再试。")],
            "forbidden": [qsTr("您现在的认证等级办不了这件事。"), qsTr("请在手机上完成实名认证，或到窗口办理。")],
            "not-found": [qsTr("没有查到。"), qsTr("请核对一下填的内容，或打热线问问。")],
            "conflict": [qsTr("这件事刚刚有了变化。"), qsTr("请返回首页重新打开看一看。")],
            "invalid": [qsTr("有一处填得不对。"), qsTr("请返回检查一下再提交。")],
            "unsupported": [qsTr("本机的版本还办不了这件事。"), qsTr("请按“呼叫”，工作人员会来帮您。")],
            "cancelled": [qsTr("已经取消。"), qsTr("没有提交任何东西，可以重新开始。")]
        })

    function entry(code: string, kind: string): var {
        return byCode[code] ?? byKind[kind.replace("_", "-")] ?? byCode["INTERNAL"];
    }
    function what(code: string, kind: string): string {
        return entry(code, kind)[0];
    }
    function next(code: string, kind: string): string {
        return entry(code, kind)[1];
    }
    // `own` is the line of the service or station in question; without one the citizens' line.
    function hotline(own: string): string {
        return own !== "" ? qsTr("需要帮助请打 %1").arg(own) : qsTr("需要帮助请打 12345");
    }
}
