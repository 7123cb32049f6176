/** Words of invented listings. The most usual of a list come first: it is drawn from as people use words (speech.ts). */

const list = (words: string): readonly string[] => words.trim().split(/\s+/)

export interface Trade {
  /** What it is about, by kind; a kind without a row takes those of `any`. */
  readonly things: Readonly<Record<string, readonly string[]>>
  readonly titles: readonly string[]
  readonly clauses: readonly string[]
}

const lines = (text: string): readonly string[] => text.trim().split('\n')

/** In braces: {thing} {noun} {adj} {verb} {place} {spot} {shop} {tail} {colour} {brand} {model} {n} {big} {time} {who} {pay}. */
// prettier-ignore
export const trades: Readonly<Record<string, Trade>> = {
  goods: {
    things: {
      digital: list('手机 笔记本电脑 平板 相机 显示器 耳机 路由器 机械键盘 打印机 投影仪 充电宝 移动硬盘 手写笔 游戏机 智能手表 音箱 显卡 内存条 镜头 三脚架 电子书'),
      appliance: list('冰箱 洗衣机 空调 电视机 热水器 微波炉 电饭煲 油烟机 冰柜 电暖器 空气炸锅 吸尘器 净水器 电风扇 燃气灶 烤箱 豆浆机 加湿器 消毒柜 破壁机 挂烫机'),
      furniture: list('沙发 书桌 衣柜 床垫 餐桌 双人床 茶几 书架 椅子 鞋柜 电脑桌 梳妆台 上下铺 折叠床 五斗柜 屏风 地毯 窗帘 落地灯 酒柜 藤椅'),
      baby: list('婴儿车 安全座椅 婴儿床 奶瓶消毒器 学步车 儿童餐椅 爬行垫 尿不湿 绘本 积木 滑板车 背带 吸奶器 童装 浴盆 围栏 早教机'),
      sports: list('自行车 跑步机 帐篷 海竿 羽毛球拍 哑铃 瑜伽垫 篮球 登山包 路亚竿 滑雪板 乒乓球台 轮滑鞋 钓箱 睡袋 桨板 动感单车 渔轮'),
      books: list('教材 吉他 古筝 电子琴 考研资料 小说 钢琴 字帖 笛子 二胡 尤克里里 习题册 连环画 杂志 葫芦丝 词典 架子鼓 口琴'),
      produce: list('绿茶 花生 虾皮 海带 苹果 蓝莓 煎饼 鱼干 蛤蜊 板栗 小米 红薯 蜂蜜 鸡蛋 黑木耳 海米 樱桃 草莓 豆腐 香椿 山楂'),
      any: list('工具箱 缝纫机 花盆 鱼缸 货架 保险柜 展柜 梯子 水泵 发电机 绿植 手串 旧木料 烟酒柜 打包箱 收银机'),
    },
    titles: lines(`
{adj}{thing}，{state}
出一台{brand}{thing}，{place}自提
{thing}转让，{n}成新
搬家急出{thing}，价格可谈
{brand} {model} {thing}
求购{adj}{thing}一件
{place}附近收{thing}
{thing}加{thing}，一起拿走便宜
闲置{thing}，买来没怎么用
{colour}{thing}{n}件，打包出`),
    clauses: lines(`
{time}买的，用了不到{n}年，{state}
{brand}的，型号{model}，{state}
{colour}的，{adj}，边角有{n}处磕碰，不影响使用
因为搬家用不上了，便宜出给需要的人
可以当面试，试好了再给钱
原价{big}多，现在{big}就出
盒子和说明书都在，{noun}也一起给
{place}{spot}自提，自己带车来拉
功能都正常，{noun}换过一次
电池还有{n}成，充电口不松
不议价，诚心要的再联系
想收一台{thing}，{adj}一点的就行，预算{big}以内
屏幕没有划痕，一直贴着膜
尺寸是{big}乘{big}，{who}一个人搬不动
保修到明年{n}月，发票能找到
家里{who}用的，平时很爱惜
制冷正常，声音不大，夜里不吵`),
  },
  jobs: {
    things: {
      catering: list('服务员 厨师 传菜员 洗碗工 前台 面点师 配菜 收银员 客房保洁 咖啡师 切配 凉菜师傅 学徒 领班 烧烤师傅'),
      retail: list('店员 导购 收银员 营业员 理货员 销售 客服 店长 直播助理 兼职促销 业务员 柜姐'),
      factory: list('普工 电焊工 数控操作工 质检员 包装工 叉车工 机修工 缝纫工 钳工 装配工 喷漆工 仓管 电工 车间主任'),
      logistics: list('货车司机 快递员 装卸工 外卖骑手 分拣员 代驾 送水工 挂车司机 调度 班车司机 跟车员'),
      office: list('文员 会计 出纳 行政前台 人事专员 仓库文员 美工 编辑 采购 报关员 程序员 运营'),
      care: list('保姆 月嫂 护工 钟点工 育儿嫂 养老护理员 做饭阿姨 保洁员 住家阿姨'),
      any: list('保安 门卫 园丁 摄影助理 健身教练 宠物美容师 图书管理员 救生员 停车场管理员'),
    },
    titles: lines(`
{place}招{thing}{n}名
招聘{thing}，{pay}，管吃住
{shop}诚聘{thing}
急招{thing}，{adj}优先
{thing}，熟手，找{place}附近的活
找一份{thing}的工作
周末兼职{thing}，当天结
{shop}长期招{thing}，{pay}`),
    clauses: lines(`
工作时间早上{n}点到下午{n}点，月休{n}天
{pay}，每月{n}号发，从不拖欠
管一顿午饭，有宿舍，{n}人一间，有空调热水
试用期{n}天，试用期也交五险
会用{noun}的优先，没干过的有师傅带
上班地点在{place}{spot}，班车到{place}
年龄不限，身体好，手脚勤快就行
做过{n}年{thing}，有证，能吃苦
要求有健康证，{adj}，说话和气
节假日三倍工资，年底有奖金
旺季忙，{time}加班有加班费
本人{big}，想在{place}找个稳定的{thing}工作
不收任何费用，不押证件
主要是{verb}{noun}，不用推销
两班倒，半个月一换，夜班有补贴
面试请带身份证复印件，{shop}二楼`),
  },
  vehicles: {
    things: {
      car: list('轿车 两厢车 代步车 家用车 练手车 三厢轿车 新能源车 掀背车'),
      suv: list('越野车 商务车 七座车 城市越野 皮卡'),
      ebike: list('电动车 电动自行车 电动三轮 两轮电瓶车 老年代步车 电摩'),
      motorcycle: list('摩托车 踏板车 弯梁车 跨骑摩托 边三轮'),
      van: list('面包车 货车 轻卡 冷藏车 厢式货车 小卡 高栏车'),
      parts: list('轮胎 轮毂 行车记录仪 电瓶 车顶架 脚垫 充电器 座套 大灯 导航 备胎'),
      any: list('房车 农用三轮 拖拉机 叉车 拖车 游艇 小挂'),
    },
    titles: lines(`
{brand} {model}，{n}万公里，个人一手
{colour}{thing}，{state}
出售{thing}，手续齐全
{thing}转让，电池刚换
求购{adj}{thing}，预算{big}
{n}年的{thing}，{place}看车
{brand}{thing}，自动挡，省油
{thing}{n}条，{state}`),
    clauses: lines(`
{time}上的牌，保险到明年{n}月，年检没问题
跑了{big}公里，都是市区，没出过大事故
右前门补过漆，其他都是原版
发动机变速箱没有修过，底盘没有异响
电池{time}换的，充满能跑{big}里
个人一手，不是车贩子，手续都在手里
可以找人一起看，可以去店里检测
{noun}换过新的，花了{big}
过户费对半，{place}车管所办
换了大车，这辆{brand}就闲下来了
空调冷，{noun}正常，不烧机油
{colour}的，内饰干净，没有烟味
想买一辆{thing}接送孩子，{adj}的优先
送{noun}和{noun}，都是没用过的`),
  },
  housing: {
    things: {
      flat: list('两居 三居 一居室 两室一厅 三室两厅 次卧 主卧 学区房 电梯房 海景房 顶楼带阁楼'),
      studio: list('公寓 单间 开间 酒店式公寓 复式公寓'),
      courtyard: list('小院 平房 独院 农家院 渔家院'),
      shop: list('商铺 门面房 沿街房 档口 摊位 店面'),
      office: list('写字楼 办公室 工位 共享办公'),
      storage: list('车库 仓库 地下室 车位 储藏室 冷库'),
      any: list('厂房 空地 民宿 大棚 养殖池'),
    },
    titles: lines(`
{place}{thing}出租，{state}
{tail}小区{thing}，拎包入住
{thing}整租，朝南，{big}平
合租{thing}，离{place}走路{n}分钟
求租{place}附近{thing}，{n}人住
出售{tail}花园{thing}，{n}楼
{place}{thing}转租，{time}可看
{adj}{thing}，近{spot}，押一付一`),
    clauses: lines(`
{tail}小区{n}号楼{n}楼，{big}平方，南北通透
家电齐全，{noun}和{noun}都有，拎包就能住
走路{n}分钟到{spot}，门口有{n}路公交
集中供暖，物业每月{big}，水电自理
押一付三，{time}可以看房，提前打招呼
不养宠物，不抽烟，爱干净的租客优先
房东直租，没有中介费
精装修，{noun}是新换的，采光好
离{place}小学不远，陪读的家庭合适
产权清楚，满五年，可以贷款
和一个{who}合住，厨房卫生间共用
有电梯，停车方便，夜里安静
想租{thing}，{n}口人，能做饭就行，最好在{place}
院子能停{n}辆车，有水井和{noun}
以前做{shop}，现在空着，可以看场地`),
  },
  rides: {
    things: { any: list('拼车 顺风车 上下班拼车 捎人 捎货 返乡拼车 顺路车 包车') },
    titles: lines(`
{place}到{place}{thing}，还有{n}座
每天{time}{place}去{place}
{place}回{tail}庄，{time}走
找车：{place}到{place}，{n}人
顺路捎{noun}，{place}到{place}`),
    clauses: lines(`
{time}从{place}{spot}出发，{n}点前到{place}
车上不抽烟，行李每人一件
走高速，过路费平摊，油钱不收
{colour}{brand}，车况好，开车稳
可以在{spot}停一下，绕远的地方不去
晕车的坐前面，带孩子请自备{noun}
每个工作日都走，想长期拼的联系我
{n}个人，带两个{noun}，时间可以商量
路过{place}和{tail}镇，都能下
下雨下雪就不走了，提前一天说`),
  },
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
