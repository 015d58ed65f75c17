import type { Columns, ImportKind } from './types.ts'

const place = {
  home: {
    ...{ zh: '住所编码', en: 'Home code', also: ['房屋编码', '户编码'], width: 24 },
    isCode: true,
    note: {
      zh: '可不填。填了就以它为准，例如 310104011013-01-26-501。',
      en: 'Optional; it counts where it is filled in, e.g. 310104011013-01-26-501.',
    },
  },
  committee: {
    ...{ zh: '居委会', en: 'Committee', also: ['居委', '居委会编码', '社区', '村居'], width: 18 },
    isCode: true,
    note: {
      zh: '12 位编码，或街道里不重名的名称。只有一个居委会时可不填。',
      en: 'Its 12-digit code, or its name where no other has it. Optional where there is one.',
    },
  },
  compound: {
    ...{ zh: '小区', en: 'Compound', also: ['小区名称', '自然小区', '住宅小区', '弄'], width: 18 },
    note: { zh: '小区的名称。', en: 'The compound’s name.' },
  },
  building: {
    ...{ zh: '楼幢', en: 'Building', also: ['幢', '楼', '楼号', '幢号', '楼栋'], width: 10 },
    note: { zh: '如 1幢。没有就写小区里怎么叫的。', en: 'Its name, e.g. 1幢.' },
  },
  stair: {
    ...{ zh: '门牌号', en: 'Stair', also: ['号', '门号', '单元', '单元号', '门洞'], width: 10 },
    note: {
      zh: '如 26号。1号、１号、一号都是同一个门。',
      en: 'E.g. 26. 1号, １号 and 一号 are one.',
    },
  },
  room: {
    ...{ zh: '室号', en: 'Room', also: ['室', '房号', '房间号', '房间'], width: 10 },
    note: { zh: '如 501室。', en: 'E.g. 501.' },
  },
} as const satisfies Columns

const door = {
  ...{ zh: '门牌', en: 'Door', also: ['地址', '住址', '详细地址', '房屋地址'], width: 18 },
  note: {
    zh: '可不填。门牌号和室号写在一格时用，如 26号501室。',
    en: 'Optional. Stair and room in one cell, e.g. 26号501室.',
  },
} as const

const area = {
  area: {
    ...{
      zh: '面积',
      en: 'Area',
      also: ['建筑面积', '房屋面积', '面积（平方米）', '面积㎡'],
      width: 10,
    },
    note: {
      zh: '平方米，最多两位小数。',
      en: 'In square metres, at most two decimals.',
    },
  },
  areaSource: {
    ...{ zh: '面积来源', en: 'Area source', also: ['面积依据'], width: 12 },
    note: { zh: '产权登记、实测或合同。', en: 'register, survey or contract.' },
  },
} as const satisfies Columns

const homes = {
  ...{ home: place.home, committee: place.committee },
  compound: { ...place.compound, isNeeded: true },
  building: { ...place.building, isNeeded: true },
  stair: { ...place.stair, isNeeded: true },
  floor: {
    ...{ zh: '楼层', en: 'Floor', also: ['层', '所在层', '所在楼层'], width: 8 },
    note: { zh: '从室号看得出时可不填。', en: 'Optional where the room tells it.' },
  },
  room: { ...place.room, isNeeded: true },
  ...area,
} as const satisfies Columns

const idNumber = {
  ...{
    zh: '身份证号',
    en: 'ID number',
    also: ['身份证', '证件号码', '公民身份号码', '证件号'],
    width: 22,
  },
  isCode: true,
  note: {
    zh: '可不填。18 位，必须是文本格式。',
    en: 'Optional. 18 characters, as Text.',
  },
} as const

const phone = {
  ...{
    zh: '电话',
    en: 'Phone',
    also: ['手机', '手机号', '手机号码', '联系电话', '联系方式'],
    width: 16,
  },
  isCode: true,
  note: { zh: '可不填，文本格式。', en: 'Optional, as Text.' },
} as const

const residents = {
  ...place,
  door,
  name: {
    ...{
      zh: '姓名',
      en: 'Name',
      also: ['居民姓名', '名字', '人员姓名'],
      width: 14,
      isNeeded: true,
    },
    note: { zh: '必填。生僻字和间隔号照写。', en: 'Required, with rare characters as they are.' },
  },
  reading: {
    ...{ zh: '读音', en: 'Reading', also: ['姓名读音', '姓名拼音', '拼音'], width: 16 },
    note: {
      zh: '可不填。读音特别时用拼音写，如 shan xiong xin。',
      en: 'Optional, in pinyin where the name is read otherwise than usual.',
    },
  },
  idNumber,
  phone,
  bornOn: {
    ...{ zh: '出生日期', en: 'Born on', also: ['生日', '出生年月日', '出生年月'], width: 14 },
    note: { zh: '可不填。有身份证号时由它来。', en: 'Optional; the ID number tells it too.' },
  },
  relation: {
    ...{ zh: '与户主关系', en: 'Relation', also: ['关系', '和户主关系', '户主关系'], width: 14 },
    note: { zh: '可不填，见下表。', en: 'Optional; see the words below.' },
  },
  tenure: {
    ...{ zh: '居住性质', en: 'Tenure', also: ['居住类型', '人户性质', '住房性质'], width: 14 },
    note: { zh: '可不填，见下表。', en: 'Optional; see the words below.' },
  },
  movedIn: {
    ...{ zh: '入住日期', en: 'Moved in', also: ['入住时间', '迁入日期', '搬入日期'], width: 14 },
    note: { zh: '可不填，不填就从今天算。', en: 'Optional; today where it is empty.' },
  },
  movedOut: {
    ...{ zh: '搬离日期', en: 'Moved out', also: ['搬离时间', '迁出日期', '搬出日期'], width: 14 },
    note: { zh: '已经搬走的才填。', en: 'Only of those who have left.' },
  },
  livesAlone: {
    ...{ zh: '独居', en: 'Lives alone', also: ['是否独居'], width: 8 },
    note: { zh: '是或否，不填是否。', en: 'yes or no; no where it is empty.' },
  },
  household: {
    ...{ zh: '户', en: 'Household', also: ['第几户', '户序', '家庭'], width: 8 },
    note: {
      zh: '一套房子住两户时写 1、2，其他不填。',
      en: '1 or 2 where two families share the home; else empty.',
    },
  },
} as const satisfies Columns

const owners = {
  ...place,
  door,
  kind: {
    ...{ zh: '业主类型', en: 'Owner kind', also: ['产权人类型', '类型'], width: 12 },
    note: { zh: '个人、单位或开发商，不填是个人。', en: 'person, firm or developer; person.' },
  },
  name: {
    ...{
      zh: '业主',
      en: 'Owner',
      also: ['业主姓名', '产权人', '权利人', '姓名', '单位名称'],
      width: 18,
    },
    isNeeded: true,
    note: { zh: '必填。姓名或单位名称，一位业主一行。', en: 'Required: name or firm, one a line.' },
  },
  idNumber,
  share: {
    ...{ zh: '份额', en: 'Share', also: ['产权份额', '所占份额', '共有份额'], width: 10 },
    note: { zh: '如 1/2 或 50%，不填是全部。', en: 'E.g. 1/2 or 50%; the whole where empty.' },
  },
  ...area,
  standing: {
    ...{ zh: '产权状态', en: 'Standing', also: ['是否登记', '登记状态'], width: 12 },
    note: {
      zh: '已登记，或已合法占有但还没登记。不填是已登记。',
      en: 'registered, or in possession and not yet; registered where empty.',
    },
  },
  from: {
    ...{ zh: '起始日期', en: 'From', also: ['取得日期', '登记日期', '开始日期'], width: 14 },
    note: { zh: '可不填，不填是今天。', en: 'Optional; today where empty.' },
  },
  to: {
    ...{ zh: '终止日期', en: 'To', also: ['结束日期', '转出日期'], width: 14 },
    note: { zh: '已经不是业主的才填。', en: 'Only of those who own it no more.' },
  },
} as const satisfies Columns

const staff = {
  bodyKind: {
    ...{ zh: '单位类型', en: 'Body kind', also: ['单位性质'], width: 12, isNeeded: true },
    note: { zh: '必填，见下表。', en: 'Required; see the words below.' },
  },
  committee: {
    ...place.committee,
    note: {
      zh: '居委会、村委会必填：12 位编码，或街道里不重名的名称。',
      en: 'Required for committees: the 12-digit code, or the name where no other has it.',
    },
  },
  body: {
    ...{ zh: '单位', en: 'Body', also: ['单位名称', '所在单位', '部门'], width: 20 },
    note: { zh: '物业、派出所等要写名称。', en: 'The name of any other body.' },
  },
  bodyPhone: {
    ...{ zh: '单位电话', en: 'Body phone', also: ['值班电话'], width: 16, isCode: true },
    note: { zh: '新单位的电话，告诉居民用。', en: 'The phone of a new body, told to residents.' },
  },
  opensAt: {
    ...{ zh: '开门', en: 'Opens', also: ['开门时间'], width: 8 },
    note: { zh: '新单位几点开门，如 08:30。', en: 'Of a new body, e.g. 08:30.' },
  },
  closesAt: {
    ...{ zh: '关门', en: 'Closes', also: ['关门时间'], width: 8 },
    note: { zh: '新单位几点关门，可写 24:00。', en: 'Of a new body; 24:00 is taken.' },
  },
  title: {
    ...{ zh: '岗位', en: 'Title', also: ['职务', '岗位名称'], width: 14, isNeeded: true },
    note: { zh: '必填，如 居委社工。', en: 'Required.' },
  },
  name: {
    ...{ zh: '姓名', en: 'Name', also: ['人员姓名'], width: 14, isNeeded: true },
    note: { zh: '必填。', en: 'Required.' },
  },
  phone,
  rank: {
    ...{ zh: '顺位', en: 'Rank', also: ['排序', '顺序'], width: 8, isNeeded: true },
    note: { zh: '必填。1 是第一责任人，2 起是替补。', en: 'Required. 1 is asked first.' },
  },
  since: {
    ...{ zh: '上岗日期', en: 'Since', also: ['任职日期', '到岗日期'], width: 14 },
    note: { zh: '可不填，不填是今天。', en: 'Optional; today where empty.' },
  },
  until: {
    ...{ zh: '离岗日期', en: 'Until', also: ['离任日期'], width: 14 },
    note: { zh: '已经离岗的才填。', en: 'Only of those who have left the post.' },
  },
} as const satisfies Columns

export const columnsOf = { homes, residents, owners, staff } as const
export type ColumnOf<Kind extends ImportKind> = keyof (typeof columnsOf)[Kind] & string

export const kindWords: Record<ImportKind, { zh: string; en: string }> = {
  homes: { zh: '房屋', en: 'Homes' },
  residents: { zh: '居民', en: 'Residents' },
  owners: { zh: '业主', en: 'Owners' },
  staff: { zh: '岗位人员', en: 'Staff' },
}

/** The last column of an exported CSV: who fetched it, and when. An import does not read it. */
export const watermarkTitle = '水印 Watermark'
