import type { CellFault } from './types.ts'

/** What can be wrong with a cell, and what to do about it. */
const sentences = {
  missing: { zh: '这一项要填。', en: 'This has to be filled in.' },
  numeric: {
    zh: '这一格是数字格式，表格软件只保留 15 位，后面的会变成 0。请把这一列设为“文本”再重新填。',
    en: 'This cell is a number, and table programs keep only 15 digits of it. Make the column Text and fill it in again.',
  },
  rounded: {
    zh: '这是表格软件改写过的数字（带 E），原来的号码已经丢了位数，请从原始资料重新填。',
    en: 'A table program has shortened this number (with an E); digits are lost. Fill it in from the source.',
  },
  masked: {
    zh: '这个号码是打了星号的，不是完整号码。请填完整号码，或清空这一格。',
    en: 'This number is masked with stars. Fill in the whole number, or leave the cell empty.',
  },
  notText: {
    zh: '这一格要写成文字，不能是日期或真假值。',
    en: 'This cell has to be text, not a date or a true/false value.',
  },
  madeADate: {
    zh: '表格软件把它当成了日期。请把这一列设为“文本”，再写一遍。',
    en: 'A table program has taken this for a date. Make the column Text and write it again.',
  },
  control: {
    zh: '里面有看不见的控制字符，请重新输入这一格。',
    en: 'There are invisible control characters in this cell. Please type it again.',
  },
  tooLong: { zh: '太长了，请写短一些。', en: 'Too long; please make it shorter.' },
  name: {
    zh: '姓名要 2 到 60 个字，不含表情符号。',
    en: 'A name has 2 to 60 characters and no pictures in it.',
  },
  reading: {
    zh: '读音用拼音字母写，音节之间空一格，如 shan xiong xin。',
    en: 'The reading is written in pinyin, syllables with spaces, e.g. shan xiong xin.',
  },
  idNumber: {
    zh: '身份证号不对：要 18 位，最后一位校验码要对得上（X 大小写都行）。',
    en: 'Not an identity number: 18 characters whose last one checks (X or x).',
  },
  bornUnlike: {
    zh: '出生日期和身份证号里的不一样，请核对。',
    en: 'The birthday is not the one in the identity number. Please check.',
  },
  phone: {
    zh: '电话不对：只用数字，可带 +86、空格和短横。',
    en: 'Not a telephone number: digits, with +86, spaces and hyphens if you like.',
  },
  date: {
    zh: '没有这一天。请写成 2020-02-29 这样。',
    en: 'There is no such day. Write it like 2020-02-29.',
  },
  time: { zh: '时间写成 08:30 这样。', en: 'Write the time like 08:30.' },
  birthday: {
    zh: '出生日期不能晚于今天，也不能早于 130 年前。',
    en: 'A birthday is not after today, nor more than 130 years ago.',
  },
  ahead: { zh: '不能晚于今天。', en: 'This cannot be after today.' },
  order: { zh: '结束的日子在开始之前。', en: 'It ends before it begins.' },
  yesNo: { zh: '写“是”或“否”。', en: 'Write yes or no.' },
  word: {
    zh: '没有这一项，可以写的词见“说明”表。',
    en: 'Not one of the words; see the sheet Notes for those that are taken.',
  },
  area: {
    zh: '面积写成 98.5 这样，大于 0，最多两位小数。',
    en: 'Write the area like 98.5: above 0, at most two decimals.',
  },
  areaSource: {
    zh: '有面积就要写面积来源：产权登记、实测或合同。',
    en: 'An area needs its source: register, survey or contract.',
  },
  areaUnlike: {
    zh: '同一户同一来源的面积，和登记册或表里另一行不一样。请核对。',
    en: 'The register or another row has another area of this home from the same source. Please check.',
  },
  share: {
    zh: '份额写成 1/2 或 50%，大于 0，不超过全部。',
    en: 'Write the share like 1/2 or 50%: above nothing, at most the whole.',
  },
  shares: {
    zh: '这一户的份额加起来超过了全部。',
    en: 'The shares of this home add up to more than the whole.',
  },
  twoSets: {
    zh: '这一户已有一组业主。一户只能有一组，先写清前一组到哪天为止。',
    en: 'This home has its owners already. There is one set at a time: first say until when the other lasted.',
  },
  ownerTwice: {
    zh: '这一户的这位业主，表里或登记册里已经有了。',
    en: 'This owner of this home is in the file or the register already.',
  },
  personOnly: { zh: '只有个人业主填这一项。', en: 'Only for owners who are persons.' },
  committee: {
    zh: '这个街道没有这个居委会，或有重名。请写 12 位编码。',
    en: 'The street has no such committee, or several of that name. Write its 12-digit code.',
  },
  otherCommittee: {
    zh: '这不是您的居委会，只能导入自己居委会的。',
    en: 'This is another committee; you can import only for your own.',
  },
  compound: { zh: '登记册里没有这个小区。', en: 'The register has no such compound.' },
  home: {
    zh: '登记册里没有这一户，请先导入房屋，或核对小区、门牌和室号。',
    en: 'The register has no such home. Import homes first, or check compound, stair and room.',
  },
  homeUnsure: {
    zh: '有好几户都对得上，请把居委会、小区写全，或写住所编码。',
    en: 'Several homes fit. Write committee and compound in full, or the code of the home.',
  },
  placeNeeded: {
    zh: '要写住所编码，或小区、门牌号和室号。',
    en: 'Write the code of the home, or compound, stair and room.',
  },
  stair: {
    zh: '门牌号最多 8 位数字或字母，如 26号、一号、A座。',
    en: 'A stair is up to 8 digits or letters, e.g. 26 or A.',
  },
  room: {
    zh: '室号最多 8 位数字或字母，如 501室。',
    en: 'A room is up to 8 digits or letters, e.g. 501.',
  },
  floor: {
    zh: '楼层写整数，如 5；看不出来的要填。',
    en: 'Write the floor as a whole number, e.g. 5.',
  },
  homeCode: {
    zh: '住所编码和这一行的居委会、小区、门牌、室号对不上。',
    en: 'The code of the home is not that of this row’s committee, compound, stair and room.',
  },
  stairElsewhere: {
    zh: '这个小区的另一幢楼已有这个门牌号。',
    en: 'Another building of this compound has this stair already.',
  },
  body: {
    zh: '没有这种单位。街道的单位只有一个，已经在了。',
    en: 'No such body can be added. The street’s own is there already.',
  },
  bodyNeeds: {
    zh: '居委会要写编码，其他单位要写名称。',
    en: 'A committee needs its code, any other body its name.',
  },
  rank: { zh: '顺位写 1 到 99 的整数。', en: 'A rank is a whole number from 1 to 99.' },
  rankTaken: {
    zh: '这个单位的这个顺位已经有人了。',
    en: 'Somebody has this rank in the body already.',
  },
  holdsPost: {
    zh: '这个人已经有一个岗位，一个人只能有一个。',
    en: 'This person holds a post already; there is one a person.',
  },
} as const satisfies Record<string, { zh: string; en: string }>

export type Mistake = keyof typeof sentences

export function cellFault(line: number, column: string, mistake: Mistake): CellFault {
  const { zh, en } = sentences[mistake]
  return { line, column, 'zh-CN': zh, en }
}
