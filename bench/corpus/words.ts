/** Words of invented listings. The most usual of a list come first: it is drawn from as people use words (speech.ts). */
import { amongPeople } from './among-people.ts'
import { lines, list, type Trade } from './trade.ts'

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
  ...amongPeople,
}
