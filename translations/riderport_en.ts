<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AttractFacts</name>
    <message>
        <source>全天开放</source>
        <translation>Open around the clock</translation>
    </message>
    <message>
        <source>开放时间 %1 – %2</source>
        <translation>Open %1 – %2</translation>
    </message>
    <message>
        <source>驿站电话 %1</source>
        <translation>Station phone %1</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>查社保，自己动手一分钟</source>
        <translation>Check your social insurance in a minute</translation>
    </message>
    <message>
        <source>进来歇歇脚，这里都有</source>
        <translation>Come in and rest - it is all here</translation>
    </message>
    <message>
        <source>骑士辛苦了，进来坐坐</source>
        <translation>Long day? Come in and sit down</translation>
    </message>
    <message>
        <source>摸一下屏幕开始</source>
        <translation>Touch the screen to start</translation>
    </message>
    <message>
        <source>安全提醒</source>
        <translation>Safety notice</translation>
    </message>
    <message>
        <source>驿站通知</source>
        <translation>Station notice</translation>
    </message>
</context>
<context>
    <name>AttractServices</name>
    <message>
        <source>用手机扫屏幕上的码</source>
        <translation>Scan the code on this screen</translation>
    </message>
    <message>
        <source>在手机上点“确认登录”</source>
        <translation>Tap "Confirm" on your phone</translation>
    </message>
    <message>
        <source>选一项，马上查到</source>
        <translation>Pick a service, get the answer</translation>
    </message>
    <message>
        <source>现在可办：%1</source>
        <translation>Open now: %1</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>CallSheet</name>
    <message>
        <source>需要人帮忙？</source>
        <translation>Need a hand?</translation>
    </message>
    <message>
        <source>驿站工作人员 %1</source>
        <translation>Station staff %1</translation>
    </message>
    <message>
        <source>请找驿站里的工作人员</source>
        <translation>Please ask the staff of this station</translation>
    </message>
    <message>
        <source>请用您的手机拨打，或到服务台找工作人员。</source>
        <translation>Call from your own phone, or ask at the counter.</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>CandidateBar</name>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>ErrorTexts</name>
    <message>
        <source>这台终端还没有登记。</source>
        <translation>This terminal is not registered yet.</translation>
    </message>
    <message>
        <source>请工作人员用登记码登记本机；现在还不能办事。</source>
        <translation>Staff: register this terminal with its code. It cannot be used until then.</translation>
    </message>
    <message>
        <source>登记码不对。</source>
        <translation>The registration code is not valid.</translation>
    </message>
    <message>
        <source>请工作人员核对登记码，或重新申请一个。</source>
        <translation>Staff: check the code or ask for a new one.</translation>
    </message>
    <message>
        <source>登记码过期了。</source>
        <translation>The registration code has expired.</translation>
    </message>
    <message>
        <source>请工作人员重新申请一个登记码。</source>
        <translation>Staff: ask for a new code.</translation>
    </message>
    <message>
        <source>登记码已经用过了。</source>
        <translation>The registration code has been used already.</translation>
    </message>
    <message>
        <source>这个骑士码是新版的，本机还不认识。</source>
        <translation>This rider code is newer than this terminal.</translation>
    </message>
    <message>
        <source>请用手机扫屏幕上的码登录。</source>
        <translation>Scan the code on this screen with your phone instead.</translation>
    </message>
    <message>
        <source>区服务器还没有确认您的登录。</source>
        <translation>The district server has not confirmed your login yet.</translation>
    </message>
    <message>
        <source>请过一会儿再试一次，不用重新登录。</source>
        <translation>Please try again in a moment; you need not log in again.</translation>
    </message>
    <message>
        <source>这个骑士码过期了。</source>
        <translation>This rider code has expired.</translation>
    </message>
    <message>
        <source>在手机上下拉刷新，把新码再对准一次。</source>
        <translation>Pull down on your phone to refresh it, then show the new code.</translation>
    </message>
    <message>
        <source>这个骑士码的时间比本机早。</source>
        <translation>The time in this rider code is ahead of this terminal.</translation>
    </message>
    <message>
        <source>请把手机时间设成自动，再刷新骑士码。</source>
        <translation>Set your phone to automatic time, then refresh the code.</translation>
    </message>
    <message>
        <source>这个骑士码刚才用过了。</source>
        <translation>This rider code was used just now.</translation>
    </message>
    <message>
        <source>一个码只能用一次。请在手机上刷新出新码再试。</source>
        <translation>Each code works once. Refresh it on your phone and try again.</translation>
    </message>
    <message>
        <source>这个码不是骑士港发的。</source>
        <translation>This code was not issued by Riderport.</translation>
    </message>
    <message>
        <source>请从骑士港手机页面打开“我的骑士码”。</source>
        <translation>Open "My rider code" on the Riderport phone page.</translation>
    </message>
    <message>
        <source>这是别的区的骑士码。</source>
        <translation>This rider code belongs to another district.</translation>
    </message>
    <message>
        <source>可以用手机扫屏幕上的码登录，或到您所在区的驿站办理。</source>
        <translation>Scan the code on this screen instead, or use a station in your own district.</translation>
    </message>
    <message>
        <source>这个码是给另一个驿站用的。</source>
        <translation>This code was made for another station.</translation>
    </message>
    <message>
        <source>请扫本机屏幕上的二维码，手机会换成本站的码。</source>
        <translation>Scan the code on this screen; your phone will switch to this station.</translation>
    </message>
    <message>
        <source>本机还不认识您手机里的钥匙。</source>
        <translation>This terminal does not know the key in your phone yet.</translation>
    </message>
    <message>
        <source>请用手机扫屏幕上的码登录；联网后再用骑士码就可以了。</source>
        <translation>Scan the code on this screen to sign in; your rider code will work once we are online again.</translation>
    </message>
    <message>
        <source>您手机里的登录钥匙到期了。</source>
        <translation>The sign-in key in your phone has run out.</translation>
    </message>
    <message>
        <source>在手机上重新登录一次，就会换一把新的。</source>
        <translation>Sign in again on your phone to get a new one.</translation>
    </message>
    <message>
        <source>本机和手机的时间差得太多。</source>
        <translation>The clocks of this terminal and your phone differ too much.</translation>
    </message>
    <message>
        <source>请把手机时间设成自动。如果手机没问题，请按“呼叫”告诉工作人员。</source>
        <translation>Set your phone to automatic time. If it already is, press "Help" and tell the staff.</translation>
    </message>
    <message>
        <source>这不是骑士码。</source>
        <translation>This is not a rider code.</translation>
    </message>
    <message>
        <source>请从骑士港手机页面打开“我的骑士码”再对准。</source>
        <translation>Open "My rider code" on the Riderport phone page and show it again.</translation>
    </message>
    <message>
        <source>这个码里的内容太多，不是骑士码。</source>
        <translation>This code holds too much; it is not a rider code.</translation>
    </message>
    <message>
        <source>屏幕上的码过期了。</source>
        <translation>The code on the screen has expired.</translation>
    </message>
    <message>
        <source>按“换一个码”，再扫一次。</source>
        <translation>Press "New code" and scan again.</translation>
    </message>
    <message>
        <source>您在手机上取消了登录。</source>
        <translation>You cancelled the sign-in on your phone.</translation>
    </message>
    <message>
        <source>如果按错了，按“换一个码”再扫一次；如果不是您本人操作，请不要确认。</source>
        <translation>If that was a slip, press "New code" and scan again. If it was not you, do not confirm.</translation>
    </message>
    <message>
        <source>现在连不上区服务器，扫码登录用不了。</source>
        <translation>The district server cannot be reached, so scanning does not work now.</translation>
    </message>
    <message>
        <source>请打开手机上的骑士码，对准摄像头登录。</source>
        <translation>Open the rider code on your phone and show it to the camera.</translation>
    </message>
    <message>
        <source>摄像头现在用不了。</source>
        <translation>The camera is not working now.</translation>
    </message>
    <message>
        <source>请用手机扫屏幕上的码登录，或用旁边的扫码器。</source>
        <translation>Scan the code on this screen with your phone, or use the scanner beside it.</translation>
    </message>
    <message>
        <source>没有查到您在十堰的参保记录。</source>
        <translation>We found no insurance record of yours in Shiyan.</translation>
    </message>
    <message>
        <source>可能是在别的城市参保，或单位还没办。可以打12333问问。</source>
        <translation>You may be insured in another city, or your employer has not enrolled you yet. Ask at 12333.</translation>
    </message>
    <message>
        <source>您名下有不止一个账户。</source>
        <translation>There is more than one account in your name.</translation>
    </message>
    <message>
        <source>请先打12333合并账户，再来查询。</source>
        <translation>Call 12333 to merge them, then look again.</translation>
    </message>
    <message>
        <source>姓名和证件号对不上。</source>
        <translation>Name and ID number do not match.</translation>
    </message>
    <message>
        <source>请带身份证到窗口核对，或打12333。</source>
        <translation>Take your ID card to the counter, or call 12333.</translation>
    </message>
    <message>
        <source>部门系统正在维护。</source>
        <translation>The bureau's system is down for maintenance.</translation>
    </message>
    <message>
        <source>请过一会儿再试。办理指南现在也能看。</source>
        <translation>Please try again later. The guide can be read now.</translation>
    </message>
    <message>
        <source>部门系统没有及时回应。</source>
        <translation>The bureau's system did not answer in time.</translation>
    </message>
    <message>
        <source>您没有被扣费，也没有提交任何东西。请再试一次。</source>
        <translation>Nothing was charged or filed. Please try again.</translation>
    </message>
    <message>
        <source>刚才查得太频繁了。</source>
        <translation>That was too many look-ups in a row.</translation>
    </message>
    <message>
        <source>请等一分钟再试。</source>
        <translation>Please wait a minute and try again.</translation>
    </message>
    <message>
        <source>现在不在办理时间。</source>
        <translation>This service is closed at the moment.</translation>
    </message>
    <message>
        <source>请看办理指南里的时间，到时再来。</source>
        <translation>See the guide for its opening times and come back then.</translation>
    </message>
    <message>
        <source>现在没有网络，查不了。</source>
        <translation>There is no network now, so we cannot look this up.</translation>
    </message>
    <message>
        <source>办理指南和材料清单现在也能看，恢复后再来查。</source>
        <translation>The guide and the list of documents can be read now; come back when we are online.</translation>
    </message>
    <message>
        <source>登录时间到了。</source>
        <translation>Your session has ended.</translation>
    </message>
    <message>
        <source>请重新登录，再办一次。</source>
        <translation>Please sign in again.</translation>
    </message>
    <message>
        <source>还没有得到您的同意，不能去查。</source>
        <translation>Without your consent we may not look this up.</translation>
    </message>
    <message>
        <source>请回到上一步看一下授权说明，再决定。</source>
        <translation>Go back one step, read the consent text and decide.</translation>
    </message>
    <message>
        <source>本机出了点问题。</source>
        <translation>Something went wrong on this terminal.</translation>
    </message>
    <message>
        <source>请按“呼叫”，工作人员会来帮您。</source>
        <translation>Press "Help" to find somebody who can help.</translation>
    </message>
    <message>
        <source>本机的存储空间满了，暂时不能提交新业务。</source>
        <translation>This terminal is out of storage and cannot take new requests.</translation>
    </message>
    <message>
        <source>查询和指南照常。请按“呼叫”告诉工作人员。</source>
        <translation>Look-ups and guides still work. Please press "Help" and tell the staff.</translation>
    </message>
    <message>
        <source>本机正在重新下载资料。</source>
        <translation>This terminal is downloading its data again.</translation>
    </message>
    <message>
        <source>请稍等几分钟，已提交的业务不受影响。</source>
        <translation>Please wait a few minutes. Requests already made are safe.</translation>
    </message>
    <message>
        <source>没有认出您的身份。</source>
        <translation>We could not tell who you are.</translation>
    </message>
    <message>
        <source>请重新登录再试。</source>
        <translation>Please sign in again.</translation>
    </message>
    <message>
        <source>您现在的认证等级办不了这件事。</source>
        <translation>Your level of verification is not enough for this.</translation>
    </message>
    <message>
        <source>请在手机上完成实名认证，或到窗口办理。</source>
        <translation>Verify your real name on your phone, or go to the counter.</translation>
    </message>
    <message>
        <source>没有查到。</source>
        <translation>Nothing was found.</translation>
    </message>
    <message>
        <source>请核对一下填的内容，或打热线问问。</source>
        <translation>Check what you entered, or call the hotline.</translation>
    </message>
    <message>
        <source>这件事刚刚有了变化。</source>
        <translation>This has just changed.</translation>
    </message>
    <message>
        <source>请返回首页重新打开看一看。</source>
        <translation>Go back to the home page and open it again.</translation>
    </message>
    <message>
        <source>有一处填得不对。</source>
        <translation>One answer is not right.</translation>
    </message>
    <message>
        <source>请返回检查一下再提交。</source>
        <translation>Go back, check it and send it again.</translation>
    </message>
    <message>
        <source>本机的版本还办不了这件事。</source>
        <translation>This version of the terminal cannot do that yet.</translation>
    </message>
    <message>
        <source>已经取消。</source>
        <translation>Cancelled.</translation>
    </message>
    <message>
        <source>没有提交任何东西，可以重新开始。</source>
        <translation>Nothing was filed. You can start again.</translation>
    </message>
    <message>
        <source>需要帮助请打 %1</source>
        <translation>For help call %1</translation>
    </message>
    <message>
        <source>需要帮助请打 12345</source>
        <translation>For help call 12345</translation>
    </message>
</context>
<context>
    <name>FacilityTexts</name>
    <message>
        <source>进门易</source>
        <translation>Easy entry</translation>
    </message>
    <message>
        <source>寻路畅</source>
        <translation>Way-finding</translation>
    </message>
    <message>
        <source>停车便</source>
        <translation>Bike parking</translation>
    </message>
    <message>
        <source>歇脚地</source>
        <translation>Seats</translation>
    </message>
    <message>
        <source>暖心餐</source>
        <translation>Warm meals</translation>
    </message>
    <message>
        <source>赋能学</source>
        <translation>Learning</translation>
    </message>
    <message>
        <source>安心托</source>
        <translation>Child care</translation>
    </message>
    <message>
        <source>法律咨询</source>
        <translation>Legal help</translation>
    </message>
    <message>
        <source>社保办理</source>
        <translation>Social insurance</translation>
    </message>
    <message>
        <source>四点半课堂</source>
        <translation>After-school class</translation>
    </message>
    <message>
        <source>亲子活动</source>
        <translation>Family events</translation>
    </message>
    <message>
        <source>技能培训</source>
        <translation>Skills training</translation>
    </message>
    <message>
        <source>就业对接</source>
        <translation>Job matching</translation>
    </message>
    <message>
        <source>充电</source>
        <translation>Charging</translation>
    </message>
    <message>
        <source>换电</source>
        <translation>Battery swap</translation>
    </message>
    <message>
        <source>售货机</source>
        <translation>Vending machine</translation>
    </message>
    <message>
        <source>无人机中转</source>
        <translation>Drone relay</translation>
    </message>
    <message>
        <source>理发修车</source>
        <translation>Haircut, repairs</translation>
    </message>
    <message>
        <source>母婴急救</source>
        <translation>First aid, nursing</translation>
    </message>
</context>
<context>
    <name>HomeGreeting</name>
    <message>
        <source>登录二维码</source>
        <translation>Sign-in code</translation>
    </message>
    <message>
        <source>没有网络，请用骑士码登录</source>
        <translation>No network: use your rider code</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>正在准备二维码…</source>
        <translation>Preparing the code…</translation>
    </message>
    <message>
        <source>手机扫码登录</source>
        <translation>Scan to sign in</translation>
    </message>
    <message>
        <source>%1，您好</source>
        <translation>Hello, %1</translation>
    </message>
    <message>
        <source>您好</source>
        <translation>Hello</translation>
    </message>
    <message>
        <source>打开手机上的骑士码</source>
        <translation>Open the rider code on your phone</translation>
    </message>
    <message>
        <source>按下面的按钮，对准摄像头</source>
        <translation>Press the button below, show it to the camera</translation>
    </message>
    <message>
        <source>打开微信或支付宝扫一扫</source>
        <translation>Scan with WeChat or Alipay</translation>
    </message>
    <message>
        <source>手机上的数字和这里一样才确认</source>
        <translation>Confirm only if the digits match</translation>
    </message>
    <message>
        <source>核对数字</source>
        <translation>Digits</translation>
    </message>
    <message>
        <source>%1 秒后换新码</source>
        <translation>New code in %1 s</translation>
    </message>
    <message>
        <source>您已用骑士码离线登录，恢复联网后自动确认。</source>
        <translation>Signed in offline with your rider code; confirmed automatically when we are online.</translation>
    </message>
    <message>
        <source>您已登录。办完请按左下角“结束”，您的信息会马上清除。</source>
        <translation>You are signed in. When done, press "End" at the bottom left; your data is erased at once.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>您要办什么？</source>
        <translation>What do you need?</translation>
    </message>
    <message>
        <source>正在第一次下载服务目录</source>
        <translation>Downloading the services for the first time</translation>
    </message>
    <message>
        <source>一般几分钟就好。着急的话，请按“呼叫”。</source>
        <translation>This takes a few minutes. In a hurry? Press "Help".</translation>
    </message>
    <message>
        <source>出示手机上的骑士码</source>
        <translation>Show a rider code</translation>
    </message>
</context>
<context>
    <name>HomeTileGrid</name>
    <message>
        <source>法律咨询</source>
        <translation>Legal help</translation>
    </message>
    <message>
        <source>找工作</source>
        <translation>Find work</translation>
    </message>
    <message>
        <source>我的积分</source>
        <translation>My points</translation>
    </message>
    <message>
        <source>积分换货</source>
        <translation>Redeem</translation>
    </message>
    <message>
        <source>离线，联网后办</source>
        <translation>Sent when online</translation>
    </message>
    <message>
        <source>准备中</source>
        <translation>Not open yet</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>不会操作？按“呼叫”，看谁能帮您</source>
        <translation>Stuck? Press "Help" to see who can help</translation>
    </message>
    <message>
        <source>准备中，看指南</source>
        <translation>Guide only</translation>
    </message>
    <message>
        <source>离线，看指南</source>
        <translation>Offline: guide</translation>
    </message>
</context>
<context>
    <name>HotlineTexts</name>
    <message>
        <source>社保就业</source>
        <translation>social security</translation>
    </message>
    <message>
        <source>医保</source>
        <translation>medical</translation>
    </message>
    <message>
        <source>公积金</source>
        <translation>housing fund</translation>
    </message>
    <message>
        <source>法律援助</source>
        <translation>legal aid</translation>
    </message>
    <message>
        <source>政务热线</source>
        <translation>government</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>police</translation>
    </message>
    <message>
        <source>火警</source>
        <translation>fire</translation>
    </message>
    <message>
        <source>急救</source>
        <translation>ambulance</translation>
    </message>
</context>
<context>
    <name>IdleOverlay</name>
    <message>
        <source>还在办理吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>%1 秒后自动结束，您的信息会清除。</source>
        <translation>Ends in %1 seconds; your data will be erased.</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>I need more time</translation>
    </message>
    <message>
        <source>结束并退出</source>
        <translation>End and sign out</translation>
    </message>
</context>
<context>
    <name>KeyboardPanel</name>
    <message>
        <source>键盘</source>
        <translation>Keyboard</translation>
    </message>
</context>
<context>
    <name>LetterKeys</name>
    <message>
        <source>123</source>
        <translation>123</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>大写</source>
        <translation>Capital letters</translation>
    </message>
    <message>
        <source>字母</source>
        <translation>Letters</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>小写</source>
        <translation>Small letters</translation>
    </message>
    <message>
        <source>数字和符号</source>
        <translation>Numbers and symbols</translation>
    </message>
    <message>
        <source>现在打中文，按一下打英文</source>
        <translation>Typing Chinese, press for English</translation>
    </message>
    <message>
        <source>现在打英文，按一下打中文</source>
        <translation>Typing English, press for Chinese</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>英文</source>
        <translation>English</translation>
    </message>
</context>
<context>
    <name>LoginCameraCard</name>
    <message>
        <source>再靠近一点</source>
        <translation>Come a little closer</translation>
    </message>
    <message>
        <source>把手机放正一点</source>
        <translation>Hold the phone straight</translation>
    </message>
    <message>
        <source>把手机屏幕调亮一点</source>
        <translation>Make your screen brighter</translation>
    </message>
    <message>
        <source>反光了，稍微侧一下</source>
        <translation>Glare: tilt it a little</translation>
    </message>
    <message>
        <source>拿稳，别动</source>
        <translation>Hold it still</translation>
    </message>
    <message>
        <source>把骑士码放进框里</source>
        <translation>Put the code in the frame</translation>
    </message>
    <message>
        <source>摄像头画面</source>
        <translation>Camera picture</translation>
    </message>
    <message>
        <source>没有摄像头画面</source>
        <translation>No camera picture</translation>
    </message>
    <message>
        <source>摄像头正在启动…</source>
        <translation>The camera is starting…</translation>
    </message>
    <message>
        <source>摄像头现在用不了</source>
        <translation>The camera is not working</translation>
    </message>
    <message>
        <source>出示骑士码</source>
        <translation>Show your rider code</translation>
    </message>
    <message>
        <source>打开手机上的骑士码，对准屏幕上方的摄像头。没有网络也能登录。</source>
        <translation>Open the rider code on your phone and hold it to the camera above the screen. Works without a network.</translation>
    </message>
    <message>
        <source>请把骑士码放到扫码器下面。</source>
        <translation>Hold the rider code under the scanner.</translation>
    </message>
    <message>
        <source>请用手机扫屏幕上的码登录，或按“呼叫”。</source>
        <translation>Scan the code on the screen, or press "Help".</translation>
    </message>
    <message>
        <source>读到了，正在核对…</source>
        <translation>Got it, checking…</translation>
    </message>
    <message>
        <source>扫码器可以用</source>
        <translation>The scanner is ready</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>登录后才能看到您自己的信息。办完按“结束”，全部清除。</source>
        <translation>Sign in to see your own data. Press "End" when done and all of it is erased.</translation>
    </message>
    <message>
        <source>知道了，再试一次</source>
        <translation>OK, try again</translation>
    </message>
    <message>
        <source>换一个码</source>
        <translation>New code</translation>
    </message>
    <message>
        <source>先不登录，返回</source>
        <translation>Back without signing in</translation>
    </message>
</context>
<context>
    <name>LoginTicketCard</name>
    <message>
        <source>登录二维码</source>
        <translation>Sign-in code</translation>
    </message>
    <message>
        <source>没有网络，扫码登录用不了。请用下面的骑士码。</source>
        <translation>No network, so scanning does not work. Use your rider code below.</translation>
    </message>
    <message>
        <source>您在手机上取消了登录。按“换一个码”可以再试。</source>
        <translation>You cancelled on your phone. Press "New code" to try again.</translation>
    </message>
    <message>
        <source>码过期了，正在换新的…</source>
        <translation>Expired, getting a new one…</translation>
    </message>
    <message>
        <source>正在准备二维码…</source>
        <translation>Preparing the code…</translation>
    </message>
    <message>
        <source>手机扫这个码</source>
        <translation>Scan this code</translation>
    </message>
    <message>
        <source>打开微信或支付宝扫一扫</source>
        <translation>Scan with WeChat or Alipay</translation>
    </message>
    <message>
        <source>手机上的数字和这里一样才确认</source>
        <translation>Confirm only if the digits match</translation>
    </message>
    <message>
        <source>核对数字</source>
        <translation>Digits</translation>
    </message>
    <message>
        <source>已扫到，请在手机上确认</source>
        <translation>Scanned: confirm on your phone</translation>
    </message>
    <message>
        <source>%1 秒后换新码</source>
        <translation>New code in %1 s</translation>
    </message>
</context>
<context>
    <name>NumberPad</name>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>OfflineBanner</name>
    <message>
        <source>网络断了</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>本机时间不准</source>
        <translation>This terminal's clock is off</translation>
    </message>
    <message>
        <source>查询照常，提交的时间以服务器为准</source>
        <translation>Look-ups work; the server sets filing times</translation>
    </message>
    <message>
        <source>%1 件待提交，恢复后自动办</source>
        <translation>%1 waiting, sent when online</translation>
    </message>
    <message>
        <source>办事指南照常可看</source>
        <translation>Guides still work</translation>
    </message>
    <message>
        <source>数据截至 %1</source>
        <translation>Data as of %1</translation>
    </message>
    <message>
        <source>还没下载过数据</source>
        <translation>No data yet</translation>
    </message>
</context>
<context>
    <name>RpBottomBar</name>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <source>首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>呼叫</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large text</translation>
    </message>
    <message>
        <source>高对比</source>
        <translation>Contrast</translation>
    </message>
    <message>
        <source>低位</source>
        <translation>Low reach</translation>
    </message>
</context>
<context>
    <name>RpErrorBox</name>
    <message>
        <source>代码 %1</source>
        <translation>Code %1</translation>
    </message>
</context>
<context>
    <name>RpMonthPicker</name>
    <message>
        <source>1月</source>
        <translation>Jan</translation>
    </message>
    <message>
        <source>2月</source>
        <translation>Feb</translation>
    </message>
    <message>
        <source>3月</source>
        <translation>Mar</translation>
    </message>
    <message>
        <source>4月</source>
        <translation>Apr</translation>
    </message>
    <message>
        <source>5月</source>
        <translation>May</translation>
    </message>
    <message>
        <source>6月</source>
        <translation>Jun</translation>
    </message>
    <message>
        <source>7月</source>
        <translation>Jul</translation>
    </message>
    <message>
        <source>8月</source>
        <translation>Aug</translation>
    </message>
    <message>
        <source>9月</source>
        <translation>Sep</translation>
    </message>
    <message>
        <source>10月</source>
        <translation>Oct</translation>
    </message>
    <message>
        <source>11月</source>
        <translation>Nov</translation>
    </message>
    <message>
        <source>12月</source>
        <translation>Dec</translation>
    </message>
    <message>
        <source>上一年</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>%1年</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>下一年</source>
        <translation>Later</translation>
    </message>
</context>
<context>
    <name>RpNavRow</name>
    <message>
        <source>上一步</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>RpPage</name>
    <message>
        <source>往上看</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>往下看</source>
        <translation>Down</translation>
    </message>
</context>
<context>
    <name>RpStepBar</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
<context>
    <name>ServiceAnswerRow</name>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>ServiceCheckView</name>
    <message>
        <source>核对一下</source>
        <translation>Check your answers</translation>
    </message>
    <message>
        <source>没问题就按“提交”。</source>
        <translation>If all is right, press "Send".</translation>
    </message>
    <message>
        <source>没问题就按“查一查”。</source>
        <translation>If all is right, press "Look up".</translation>
    </message>
    <message>
        <source>请先改正 %1 处</source>
        <translation>Please correct first: %1</translation>
    </message>
    <message>
        <source>按一下标红的那一行就能改。</source>
        <translation>Touch the red line to change it.</translation>
    </message>
    <message>
        <source>没填</source>
        <translation>Not answered</translation>
    </message>
    <message>
        <source>现在没有网络。可以照常填写，恢复后自动提交。</source>
        <translation>No network now. Fill it in as usual; it is sent when we are online.</translation>
    </message>
    <message>
        <source>现在没有网络，查不了。指南和材料照常可看。</source>
        <translation>No network now, so no look-up. Guide and documents can be read.</translation>
    </message>
    <message>
        <source>上一项</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一项</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>查一查</source>
        <translation>Look up</translation>
    </message>
</context>
<context>
    <name>ServiceConsentView</name>
    <message>
        <source>同意我们去查吗？</source>
        <translation>May we look this up?</translation>
    </message>
    <message>
        <source>不同意也可以，其他服务照常使用。以后可以在手机上撤回。</source>
        <translation>You may say no; everything else still works. You can take it back on your phone later.</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>No</translation>
    </message>
    <message>
        <source>我同意</source>
        <translation>I agree</translation>
    </message>
</context>
<context>
    <name>ServiceFailedView</name>
    <message>
        <source>这次没有查成</source>
        <translation>That did not work</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>ServiceGuideView</name>
    <message>
        <source>怎么办</source>
        <translation>How it works</translation>
    </message>
    <message>
        <source>要带什么</source>
        <translation>What to bring</translation>
    </message>
    <message>
        <source>多久办好</source>
        <translation>How long</translation>
    </message>
    <message>
        <source>办理时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>咨询电话</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>这项业务本站还在准备，现在可以先看指南。</source>
        <translation>Not open at this station yet; the guide can be read.</translation>
    </message>
    <message>
        <source>现在没有网络。可以照常填写，恢复后自动提交。</source>
        <translation>No network now. Fill it in as usual; it is sent when we are online.</translation>
    </message>
    <message>
        <source>现在没有网络，查不了。指南和材料照常可看。</source>
        <translation>No network now, so no look-up. Guide and documents can be read.</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home page</translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>查一查</source>
        <translation>Look up</translation>
    </message>
</context>
<context>
    <name>ServiceLoadingView</name>
    <message>
        <source>部门系统今天比较慢，还在等…</source>
        <translation>The bureau's system is slow today, still waiting…</translation>
    </message>
    <message>
        <source>正在查询，请稍等…</source>
        <translation>Looking it up, one moment…</translation>
    </message>
    <message>
        <source>可以继续等，也可以取消后请工作人员帮忙，或打 %1 问问。</source>
        <translation>You can wait, or cancel and ask the staff, or call %1.</translation>
    </message>
    <message>
        <source>请人帮忙</source>
        <translation>Get help</translation>
    </message>
    <message>
        <source>不等了，取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>ServicePhoneSheet</name>
    <message>
        <source>发到手机</source>
        <translation>To my phone</translation>
    </message>
    <message>
        <source>用手机扫这个码取走结果</source>
        <translation>Scan this code to take the result with you</translation>
    </message>
    <message>
        <source>正在准备二维码…</source>
        <translation>Preparing the code…</translation>
    </message>
    <message>
        <source>现在拿不到取件码，请稍后再试。</source>
        <translation>No code available now; please try later.</translation>
    </message>
    <message>
        <source>只有您本人的手机能打开。</source>
        <translation>Only your own phone can open it.</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>ServiceQuestionView</name>
    <message>
        <source>现在选的是：%1</source>
        <translation>Chosen: %1</translation>
    </message>
    <message>
        <source>还没选</source>
        <translation>nothing yet</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>ServiceQueuedView</name>
    <message>
        <source>已经记下</source>
        <translation>Noted</translation>
    </message>
    <message>
        <source>现在没有网络。恢复后本机自动提交，您不用再来。</source>
        <translation>No network now. It is sent by itself when we are online; no need to come back.</translation>
    </message>
    <message>
        <source>结果会发到您的手机页面。着急的话可以打 %1。</source>
        <translation>The result goes to your phone page. In a hurry? Call %1.</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home page</translation>
    </message>
</context>
<context>
    <name>ServiceResultRow</name>
    <message>
        <source>点一下显示金额</source>
        <translation>touch to show the amount</translation>
    </message>
</context>
<context>
    <name>ServiceResultView</name>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>数据截至 %1</source>
        <translation>Data as of %1</translation>
    </message>
    <message>
        <source>需要帮助请打 %1</source>
        <translation>For help call %1</translation>
    </message>
    <message>
        <source>没有查到记录</source>
        <translation>No records found</translation>
    </message>
    <message>
        <source>可能是在别的城市办的。可以打 %1 问问。</source>
        <translation>It may be in another city. Ask at %1.</translation>
    </message>
    <message>
        <source>遮住金额</source>
        <translation>Hide amounts</translation>
    </message>
    <message>
        <source>显示金额 20 秒</source>
        <translation>Show amounts (20 s)</translation>
    </message>
    <message>
        <source>发到手机</source>
        <translation>To my phone</translation>
    </message>
    <message>
        <source>重新查</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home page</translation>
    </message>
</context>
<context>
    <name>ShellFrame</name>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large text</translation>
    </message>
    <message>
        <source>低位</source>
        <translation>Low reach</translation>
    </message>
    <message>
        <source>骑士港驿站</source>
        <translation>Riderport station</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>管理模式</source>
        <translation>Staff mode</translation>
    </message>
    <message>
        <source>管理程序没有安装</source>
        <translation>The staff program is not installed</translation>
    </message>
    <message>
        <source>这台终端上没有安装管理程序（riderport-admin）。本次操作已记录。</source>
        <translation>The staff program (riderport-admin) is not installed on this terminal. This access has been logged.</translation>
    </message>
    <message>
        <source>工作人员请联系区平台运维；其他人请返回首页。</source>
        <translation>Staff: contact the district operations team. Everybody else: please go back home.</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home page</translation>
    </message>
</context>
</TS>
