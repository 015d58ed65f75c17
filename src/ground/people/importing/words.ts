import type { BodyKind } from './doors.ts'
import type { AreaSource, OwnerKind, Relation, Tenure } from '../homes/index.ts'

type Words<Id extends string> = Readonly<Record<Id, readonly string[]>>

/** What people write for each word; the first is what an export writes. */
export const relationWords: Words<Relation> = {
  head: ['户主', '本人'],
  spouse: ['配偶', '妻', '夫', '妻子', '丈夫', '爱人'],
  child: ['子女', '子', '女', '儿子', '女儿', '长子', '次子', '长女', '次女', '独生子', '独生女'],
  parent: ['父母', '父', '母', '父亲', '母亲'],
  sibling: ['兄弟姐妹', '兄', '弟', '姐', '妹', '哥哥', '弟弟', '姐姐', '妹妹'],
  grandchild: ['孙子女', '孙子', '孙女', '外孙', '外孙女', '外孙子女'],
  grandparent: ['祖父母', '祖父', '祖母', '外祖父', '外祖母'],
  kin: ['其他亲属', '亲属', '亲戚', '儿媳', '女婿', '媳妇'],
  carer: ['照料人', '保姆', '护工', '住家保姆'],
  flatmate: ['合租', '室友', '合租人'],
  other: ['其他', '非亲属'],
}

export const tenureWords: Words<Tenure> = {
  owner: ['业主', '自住', '产权人', '自有'],
  family: ['业主家人', '家人', '家属', '业主家属'],
  tenant: ['租客', '租户', '承租', '承租人', '租赁', '租住'],
  'staff-flat': ['单位宿舍', '宿舍', '员工宿舍'],
  other: ['其他', '借住'],
}

export const ownerKindWords: Words<OwnerKind> = {
  person: ['个人', '自然人'],
  firm: ['单位', '企业', '公司', '法人'],
  developer: ['开发商', '建设单位', '未售'],
}

export const areaSourceWords: Words<AreaSource> = {
  register: ['产权登记', '登记', '产证', '房产证', '不动产登记'],
  survey: ['实测', '测绘', '测绘报告'],
  contract: ['合同', '买卖合同', '购房合同'],
}

export const standingWords: Words<'registered' | 'possession'> = {
  registered: ['已登记', '登记', '是'],
  possession: ['合法占有', '占有', '未登记', '已交付未登记', '否'],
}

export const bodyKindWords: Words<BodyKind> = {
  street: ['街道', '街道办', '街道办事处'],
  committee: ['居委会', '居委'],
  'village-committee': ['村委会', '村委'],
  property: ['物业', '物业公司', '物业服务处'],
  police: ['派出所', '社区民警', '警务站'],
  clinic: ['卫生站', '卫生服务中心', '卫生服务站', '诊所'],
  volunteers: ['志愿者', '志愿队', '志愿服务队'],
}
