/** The words of what people do for and with each other: services, lessons, events, lost things, company. Written as in words.ts. */
import { lines, list, type Trade } from './trade.ts'

// prettier-ignore
export const amongPeople: Readonly<Record<string, Trade>> = {
  services: {
    things: {
      repair: list('家电维修 水管维修 开锁 手机维修 空调加氟 电路检修 马桶疏通 防水补漏 热水器清洗 电脑维修 洗衣机维修 自行车修理'),
      moving: list('搬家 拉货 搬钢琴 货运 长途搬家 小型搬家'),
      cleaning: list('保洁 擦玻璃 油烟机清洗 开荒保洁 地毯清洗 洗沙发 除甲醛 家庭保洁'),
      fitting: list('装修 刷墙 贴砖 安装灯具 打柜子 安装窗帘 铺地板 换纱窗 水电改造'),
      care: list('陪护 接送孩子 上门做饭 陪诊 照顾老人 看孩子'),
      pets: list('宠物寄养 遛狗 宠物洗澡 上门喂猫 宠物训练'),
      photo: list('婚礼跟拍 证件照 海边跟拍 全家福 航拍 活动摄影'),
      any: list('代写书信 磨刀 裁缝改衣 配钥匙 二手回收 司仪 修鞋 管道疏通 代办年检'),
    },
    titles: lines(`
{thing}，{place}上门
专业{thing}{n}年，价格公道
{shop}：{thing}、{thing}
{thing}，随叫随到
找人{thing}，{place}
{place}{thing}，先看后付钱`),
    clauses: lines(`
做{thing}{n}年了，{place}一带都能上门
价目表可以先看，修不好不收钱
修完保{n}个月，售后有人管
自带{noun}和{noun}，做完收拾干净
起步{big}，远的另加路费，提前讲好
{n}个人一起干，半天能完
需要预约，{time}最忙
周末也做，{time}以后不接单
老客户{big}元起，{who}优先
只用{brand}的{noun}，不用杂牌
出过{n}年{shop}的活，可以看以前做的
需要找人{thing}，{adj}一点的，工钱当天给`),
  },
  education: {
    things: {
      driving: list('驾校 学车 陪练 科目二练车 增驾'),
      arts: list('书法班 美术班 国画 素描 软笔书法 剪纸 陶艺'),
      music: list('钢琴课 吉他课 舞蹈班 古筝课 声乐 架子鼓课 广场舞'),
      language: list('英语口语 日语 韩语 普通话 英语辅导 雅思'),
      skills: list('电工证 会计实操 烘焙 叉车证 育婴师 电脑办公 美甲 茶艺'),
      sports: list('游泳课 羽毛球课 跆拳道 篮球班 瑜伽 轮滑课 太极拳'),
      any: list('围棋 编程 珠算 作业辅导 演讲 心算 象棋'),
    },
    titles: lines(`
{thing}招生，{place}上课
{thing}，零基础可学
周末{thing}，还有{n}个位子
一对一{thing}，{place}
找{thing}老师，{time}上课
成人{thing}晚班开课`),
    clauses: lines(`
{time}开课，一共{n}节，每节{n}十分钟
小班，最多{n}个人，头一节可以免费试
在{place}{spot}旁边，停车方便
老师教了{n}年，有{noun}证
学费{big}，材料费另算，退课按节退
{who}也能学，从最基础的讲起
上课带{noun}，其他的这里有
想给孩子找个{thing}老师，有耐心的
学完能{verb}{noun}，不会的可以再来听
寒暑假另开班，{adj}的学员可以插班`),
  },
  events: {
    things: {
      market: list('跳蚤市场 周末市集 农产品集市 旧书市集'),
      sports: list('羽毛球约球 环海骑行 长跑 登山 乒乓球赛 钓鱼比赛'),
      talk: list('读书会 讲座 观影会 分享会 英语角'),
      family: list('亲子手工 赶海 采摘 露营 风筝节'),
      volunteer: list('净滩 献血 义诊 植树 义务理发'),
      show: list('书画展 合唱演出 戏曲专场 摄影展 音乐会'),
      any: list('相亲会 棋牌比赛 厨艺比赛 车友会'),
    },
    titles: lines(`
{place}{thing}，{time}见
{thing}报名，{n}人成行
周六{thing}，{who}都能来
第{n}届{tail}{thing}
{shop}办{thing}，不收费`),
    clauses: lines(`
{time}在{place}{spot}集合，下雨改期
名额{n}十个，报满为止，不收费
自带{noun}和水，中午在{shop}吃饭
{who}来的要有大人陪着
活动大约{n}个小时，走{n}公里，不难
有{noun}可以借，数量不多，先到先得
到场签到，领一份{noun}
去年来了{big}人，很热闹
想找人一起去{thing}，路费平摊`),
  },
  lost: {
    things: {
      papers: list('身份证 驾驶证 社保卡 银行卡 学生证 行驶证 公交卡'),
      keys: list('钥匙 车钥匙 一串钥匙 门禁卡'),
      phone: list('手机 耳机 平板 手表 U盘'),
      pet: list('小狗 橘猫 泰迪 金毛 鹦鹉 白猫'),
      bag: list('钱包 双肩包 电脑包 外套 雨伞 行李箱 帽子'),
      any: list('眼镜 戒指 童车 假牙 拐杖 快递 保温杯'),
    },
    titles: lines(`
{place}丢失{colour}{thing}
捡到{thing}，请失主联系
{time}在{place}丢了{thing}
寻找{colour}{thing}，有酬谢
{spot}捡到{thing}一个`),
    clauses: lines(`
{time}在{place}{spot}丢的，可能掉在车上
{colour}的，上面挂着一个{noun}
里面有{noun}和{noun}，对我很要紧
捡到的好心人请联系，当面感谢
说得出里面有什么，就还给你
已经交到{place}服务台，可以直接去领
等了{n}个小时没人来找，先放我这里
脖子上有{colour}项圈，怕生，别追
问过{shop}和附近的{who}，都没看到`),
  },
  friends: {
    things: {
      sports: list('跑步 羽毛球 游泳 骑行 爬山 打篮球'),
      reading: list('读书 写作 看书 读诗'),
      hobby: list('摄影 钓鱼 下棋 唱歌 做饭 画画 看电影 种花 手工'),
      newcomer: list('新来的 外地来的 刚毕业 刚搬来'),
      any: list('聊天 带娃 学做菜 遛狗 赶海'),
    },
    titles: lines(`
找人一起{thing}，{place}附近
{thing}搭子，{time}有空
喜欢{thing}的来聊聊
{place}{thing}，想认识几个朋友
新来{place}，找人{thing}`),
    clauses: lines(`
在{place}上班，{time}一般有空
喜欢{thing}，也喜欢{verb}{noun}
来这里{n}年了，朋友不多
性格{adj}，话不多，处久了好相处
先在人多的地方见面，聊得来再说
平时看{noun}，偶尔去{spot}走走
不借钱，不推销，只想找个伴
水平一般，{who}也欢迎`),
  },
}
