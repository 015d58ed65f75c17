/**
 * Names that nobody was given: elders after trees and flowers, others after things of a lane house,
 * the young after birds, children after what they play with. Each is there once.
 */
import type { Seeded } from '../simulator/seeded.ts'

const list = (words: string) => words.trim().split(/\s+/)

const surnames = list(`
  王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡
  余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯
  龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤`)

const words = {
  elder: list(`
    玉兰 香樟 石榴 枇杷 茉莉 蔷薇 栀子 银杏 水杉 紫藤 芙蓉 腊梅 海棠 丁香 木槿 秋葵 合欢 牡丹 芍药 杜鹃 山茶 月季 桂花 梧桐
    白杨 青松 翠柏 垂柳 红枫 黄杨 女贞 冬青 雪松 榉木 乌桕 柿子 樱桃 桃花 杏花 梨花 荷花 睡莲 百合 水仙 兰草 菊花 凌霄 迎春
    连翘 金桂 紫薇 绣球 芦荟 薄荷 艾草 菖蒲`),
  adult: list(`
    青瓦 白墙 木窗 石阶 天井 竹帘 花砖 门环 铜锁 长凳 藤椅 竹篮 瓷碗 铁壶 蒲扇 油灯 砂锅 算盘 木梳 棉被 布鞋 毛衣 针线 剪刀
    搪瓷 热水 煤炉 水缸 米桶 菜刀 砧板 面杖 笼屉 蒸笼 酱缸 咸菜 年糕 馄饨 汤圆 粽子 月饼 豆浆 油条 大饼 粢饭 生煎 锅贴 阳春
    晒台 阁楼 灶间 弄口 过街 山墙 老虎 石库 门楣 窗棂 屋檐 瓦当`),
  young: list(`
    白鹭 黄鹂 喜鹊 燕子 布谷 云雀 画眉 翠鸟 鸳鸯 海鸥 天鹅 大雁 鸿雁 苍鹭 夜莺 百灵 山雀 杜宇 朱鹮 丹鹤 青鸟 飞鸢 沙鸥 信鸽
    锦鸡 孔雀 八哥 鹦哥 麻雀 白鸽`),
  child: list(`
    小陀螺 小风筝 小皮球 小弹珠 小铁环 小毽子 小跳绳 小积木 小泥人 小纸船 小木马 小灯笼 小竹马 小口琴 小铃铛 小画笔 小糖人
    小风车 小水枪 小滑板 小飞盘 小沙包 小拼图 小毛熊`),
  worker: list(`
    晨光 微雨 晴川 朝霞 小雪 惊蛰 谷雨 立春 和风 初阳 晚霞 白露 霜降 长虹 清明 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 秋分
    寒露 立冬 大雪 冬至 小寒 大寒 春雷 细雨 薄雾 流云 星河 朗月 晴空 南风 东风 晓霜`),
  property: list(`扳手 钳子 锤子 水平 卷尺 电钻 梯子 铁锹 扫帚 水管 阀门 螺丝 齿轮 弹簧 滑轮 砂纸`),
  police: list(`长江 黄河 清江 汾水 洛川 湘江 闽江 钱塘 嘉陵 松花 雅砻 赣江`),
  doctor: list(`当归 杜仲 半夏 连翘 茯苓 白术 黄芪 甘草 桔梗 麦冬`),
  volunteer: list(
    `朱红 橙黄 草绿 天青 靛蓝 藕荷 月白 鹅黄 石青 秋香 黛绿 绛紫 杏黄 湖蓝 豆绿 茶褐`,
  ),
} as const
export type NameTheme = keyof typeof words

export type Namer = (theme: NameTheme, surname?: string) => string

/** Gives each name once. Where a surname has no word left, the next one is taken. */
export function openNamer(chance: Seeded, taken: Iterable<string>): Namer {
  const given = new Set(taken)
  return (theme, surname) => {
    const own = words[theme]
    const first = surname ? surnames.indexOf(surname) : -1
    const from = first >= 0 ? first : chance.between(0, surnames.length - 1)
    const at = chance.between(0, own.length - 1)
    for (let step = 0; step < surnames.length * own.length; step++) {
      const family = surnames[(from + Math.floor(step / own.length)) % surnames.length] ?? ''
      const name = family + (own[(at + step) % own.length] ?? '')
      if (given.has(name)) continue
      given.add(name)
      return name
    }
    throw new Error(`no ${theme} name is left`)
  }
}

export function surnameOf(name: string): string {
  return name.slice(0, 1)
}
