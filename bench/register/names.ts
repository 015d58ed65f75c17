/** Names as a district has them: usual surnames often, rare characters now and then. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇解朴翟查'
const given =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰华建国红玉梅志文海林春生德福宝根妹阿珍凤琴云龙飞斌宇浩轩子涵雨欣怡梓晨思远佳琪嘉豪俊天翔鑫淑贞美琳慧婷雪萍莉燕玲波辉鹏峰'
const rare = ['𠮷田龙', '李䶮', '阿依古丽·买买提', '欧阳建国', '司马小妹', '古丽·艾力', '王𠮷']

/** `dice` answers a whole number below its argument. */
export function nameBy(dice: (below: number) => number): string {
  if (dice(500) === 0) return rare[dice(rare.length)] ?? ''
  // Half of all people have one of the first twelve.
  const surname = surnames[dice(2) === 0 ? dice(12) : dice(surnames.length)] ?? '王'
  const one = () => given[dice(given.length)] ?? '明'
  return `${surname}${one()}${dice(5) === 0 ? '' : one()}`
}
