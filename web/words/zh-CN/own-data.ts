import type {
  Askable,
  Because,
  FieldKey,
  Hold,
  PartKey,
  RequestKind,
  RequestState,
} from '../../../src/ground/privacy/own-data/types.ts'

/** What a part is, why it is kept, until when, and who sees it. */
type PartWords = { title: string; why: string; until: string; seen: string }

const station = '您家所在的居委；每次看都记在“谁看过我的数据”里'
const nobody = '只有您自己'
const whileHere = '您住在这里期间'

const parts: Record<PartKey, PartWords> = {
  person: { title: '姓名和生日', why: '居民登记', until: whileHere, seen: station },
  numbers: { title: '电话和证件号码', why: '居民登记', until: whileHere, seen: station },
  homes: { title: '住在哪里', why: '居民登记', until: whileHere, seen: station },
  shares: {
    title: '房屋产权',
    why: '业主共同决定事项要用',
    until: '您还是业主期间',
    seen: station,
  },
  'number-changes': {
    ...{ title: '改过的号码', why: '改号码要两个人核对', until: '决定后 90 天' },
    seen: station,
  },
  posts: {
    ...{ title: '您的岗位和班次', why: '要查得到谁在岗', until: '在岗期间，离岗后 1 年' },
    seen: '街道的工作人员',
  },
  'own-work': {
    ...{ title: '您经办的任务和交班留言', why: '要查得到谁办的' },
    ...{ until: '任务办结后 1 年，留言 90 天', seen: '同一个任务的工作人员' },
  },
  exports: {
    ...{ title: '您申请或导入过的名册文件', why: '要查得到谁导出过', until: '随登记留存' },
    seen: '街道值班长',
  },
  messages: {
    ...{ title: '发给您的消息', why: '要知道有没有送到', until: '1 年', seen: nobody },
  },
  browsers: {
    ...{ title: '会提醒您的手机和电脑', why: '您打开了提醒' },
    ...{ until: '您关掉为止，半年不用自动删', seen: nobody },
  },
  account: {
    ...{ title: '您的账号', why: '登录', seen: nobody },
    until: '您注销为止，或 1 年没用；账号属于谁，再留 1 年',
  },
  'signed-in': {
    ...{
      title: '登录着的手机和电脑',
      why: '登录',
      until: '退出为止，最长 30 天不用',
      seen: nobody,
    },
  },
  proofs: {
    ...{ title: '您怎样确认住在这里', why: '免得别人冒充您' },
    ...{ until: '到期后 30 天，有争议的 1 年', seen: station },
  },
  grants: {
    ...{ title: '谁可以替您办事', why: '您自己授的权', until: '结束后 1 年' },
    seen: '您和您授权的人',
  },
  passes: {
    ...{ title: '您发过的访客通行码', why: '您自己发的', until: '到期后 24 小时', seen: nobody },
  },
  visits: {
    ...{ title: '为您上门的任务', why: '要有人把事情办完' },
    ...{ until: '办结后 1 年；同意收回时马上删', seen: '办这个任务的人' },
  },
  signals: {
    ...{ title: '家里传感器说过的', why: '您同意的关爱提醒' },
    ...{ until: '判断完就删，最长 73 小时；同意收回时马上删', seen: '没有人，只有程序判断' },
  },
  watch: {
    ...{ title: '程序在替您看着', why: '您同意的关爱提醒', until: '同意收回时马上删' },
    seen: '没有人，只有程序判断',
  },
  care: {
    ...{ title: '关爱提醒的约定', why: '您自己约定的', until: '同意收回时马上删' },
    seen: '上门的人，从任务里打开',
  },
  contacts: {
    ...{ title: '您选的联系人', why: '您自己选的', until: '同意收回时马上删' },
    seen: '上门的人，从任务里打开',
  },
  questions: {
    ...{ title: '问过您和联系人“还好吗”', why: '您同意的关爱提醒', until: '结束后 3 天' },
    seen: nobody,
  },
  offers: {
    ...{ title: '满 80 岁时问过您要不要关爱提醒', why: '免得重复打扰', until: '3 年' },
    seen: '上门的人',
  },
  consents: {
    ...{ title: '您同意过的', why: '证明您同意过、收回过', until: '收回后 3 年', seen: station },
  },
  refusals: {
    ...{ title: '您说过不需要的', why: '12 个月内不再问您', until: '12 个月', seen: nobody },
  },
  looks: {
    ...{ title: '谁看过您的数据', why: '让您随时查得到', until: '3 年，谁也不能提前删' },
    seen: '您自己和复核的人',
  },
  'looks-asked': {
    ...{ title: '您问过的“为什么看”', why: '要有人答复您', until: '与那次查看一样久' },
    seen: '答复的人',
  },
  requests: {
    ...{ title: '您工作中登记的查看理由', why: '居民要查得到您为什么看', until: '4 年' },
    seen: '被看的居民只看到岗位',
  },
  authorities: {
    ...{ title: '机关依法调取过您的数据', why: '让您知道', until: '4 年', seen: '街道值班长' },
  },
  'own-requests': {
    ...{ title: '您就自己的数据提过的请求', why: '要按时答复您', until: '答复后 3 年' },
    seen: station,
  },
}

const fields: Record<FieldKey, string> = {
  ...{ name: '姓名', reading: '拼音', bornOn: '生日', phone: '电话', idNumber: '证件号码' },
  ...{ home: '门牌', tenure: '居住性质', relation: '关系', livesAlone: '独居' },
  ...{ othersAdult: '同住的其他成年人（人数）', othersYoung: '同住的未成年人（人数）' },
  ...{ share: '份额', isRegistered: '已办产权登记', source: '来源', from: '从', to: '到' },
  ...{ fromDay: '从', toDay: '到', kind: '类别', verdict: '结果', because: '原因' },
  ...{ askedAt: '提出的时间', decidedAt: '答复的时间', title: '岗位', unit: '单位' },
  ...{ says: '内容', madeAt: '时间', deliveredAt: '送到的时间', readAt: '看到的时间' },
  ...{ language: '语言', level: '身份', proof: '凭什么确认', usedAt: '最近用过' },
  ...{ device: '设备', called: '称呼', way: '方式', until: '到期', endedAt: '结束的时间' },
  ...{ door: '哪个门', matter: '事项', state: '进展', outcome: '结果', words: '写下的话' },
  ...{ openedAt: '开始的时间', closedAt: '办结的时间', contactName: '联系人' },
  ...{ contactRelation: '与您的关系', contactPhone: '联系人电话', hasKey: '有您家钥匙' },
  ...{ purpose: '目的', givenBy: '谁同意的', onPaper: '签在纸上', textVersion: '文本版本' },
  ...{ at: '时间', by: '岗位', looked: '看了哪些', how: '怎样看到', why: '为了什么' },
  ...{ signal: '传感器', heard: '状态', value: '数值', away: '外出到', answer: '回答' },
  ...{ authority: '机关', legalBasis: '法律依据', asks: '问谁', part: '哪一部分' },
  ...{ dueAt: '答复期限', count: '次数', signedOn: '签字日期' },
}

/** Words of closed lists; where one word means two things, with the field before it. */
const choices: Readonly<Record<string, string>> = {
  ...{ yes: '是', no: '否', moved: '搬走了', died: '去世了', mistake: '登记错了' },
  ...{ owner: '业主', family: '业主家人', tenant: '租客', 'staff-flat': '宿舍', other: '其他' },
  ...{ head: '户主', spouse: '配偶', child: '子女', parent: '父母', sibling: '兄弟姐妹' },
  ...{ grandchild: '孙辈', grandparent: '祖辈', kin: '亲属', carer: '照护人', flatmate: '合租' },
  ...{ 'source:register': '产权登记', survey: '测绘', contract: '合同' },
  ...{ 'kind:phone': '电话', 'id-number': '证件号码', approved: '同意', confirmed: '确认' },
  ...{ refused: '没有同意', lapsed: '过期没有办', 'is-that-person': '是本人' },
  ...{ 'new-person': '登记为新居民', withdrawn: '撤回了', homes: '房屋', residents: '居民' },
  ...{ owners: '业主', staff: '工作人员', devices: '设备', resident: '居民' },
  ...{ letter: '入户信', station: '服务站', household: '家里人', deed: '产权', link: '链接' },
  ...{ invitation: '邀请', claim: '人工核实', volunteer: '志愿者', clerk: '窗口工作人员' },
  ...{ code: '一次性的码', signature: '签字', passkey: '通行密钥', oidc: '单位账号' },
  ...{ organisation: '单位账号', token: '程序', vouching: '请家里人确认' },
  ...{ 'answered-vouching': '您替别人确认过', 'for-me': '替我办事', 'by-me': '我替别人办事' },
  ...{ 'care-visit': '上门看望', 'care-offer': '上门问问', 'device-repair': '修设备' },
  ...{ hazard: '到现场看', 'home-check': '上门核实', 'roster-gap': '值班空缺' },
  ...{ raised: '等收到', acknowledged: '已收到', 'on-the-way': '在路上' },
  ...{ 'at-the-door': '在门口', found: '已有结果', closed: '已结案', 'heard:closed': '关' },
  ...{ fine: '平安', 'needed-help': '要帮忙', away: '外出', 'sensor-fault': '传感器坏' },
  ...{ 'wrong-home': '弄错户', 'hazard-real': '属实', 'hazard-false': '没有这回事' },
  ...{ 'outcome:refused': '没让进', responsible: '负责', told: '知道', asked: '被请' },
  ...{ helping: '帮忙', declined: '不接', 'shift-note': '交班留言' },
  ...{ call: '只打电话', sensor: '传感器', 'key-holder': '传感器，另有人保管钥匙' },
  ...{ person: '本人', guardian: '监护人', 'asked-person': '问您', 'asked-contact': '问联系人' },
  ...{ 'agreed-care': '关爱提醒', 'wandering-guard': '防走失提醒', 'agreed-calls': '电话问候' },
  ...{ register: '居民与住所登记', duty: '岗位与值班', task: '任务', 'sign-in': '登录' },
  ...{ 'device-operation': '设备运行', 'door-security': '门的安全', public: '公开信息' },
  ...{ 'home-safety': '居家安全', 'emergency-call': '本人求助', operation: '系统运行' },
  ...{ 'water-and-power': '公共水电', 'crowding-check': '疑似群租核实' },
  ...{ 'public-space': '公共场所', 'access-record': '查看记录', 'own-data': '您自己的数据' },
  ...{ 'looked:name': '姓名', age: '年龄', address: '门牌', phone: '电话' },
  ...{ contacts: '联系人', 'last-seen': '最后一次动静', 'care-plan': '关爱约定' },
  ...{ consents: '同意过的事', looks: '查看记录', 'visit-outcome': '上门结果' },
  ...{ post: '岗位', 'looked:household': '同住的人', ownership: '产权' },
  ...{ account: '登录方式', page: '页面', list: '名单', search: '搜索', export: '导出' },
  ...{ print: '打印', push: '通知', rule: '程序判断', command: '命令', act: '替您办事' },
  ...{ 'kind:rule': '程序', operator: '系统管理员', contact: '您选的联系人' },
  ...{ helper: '替您办事的人', 'kind:account': '凭手机登录的人', 'kind:resident': '您自己' },
  ...{ 'at-the-counter': '到窗口办事', 'on-the-phone': '打电话来', 'in-writing': '来信' },
  ...{ 'home-visit': '上门走访', 'handed-case': '转来的事项', 'break-glass': '紧急查看' },
  ...{ 'door-contact': '门磁', motion: '人体感应', 'door-access': '门禁', smoke: '烟感' },
  ...{ gas: '燃气', 'water-leak': '漏水', 'water-meter': '水表', electrical: '用电' },
  ...{ 'sos-button': '求助按钮', occupied: '有人', clear: '没人', 'heard:open': '开' },
  ...{ iphone: 'iPhone', ipad: 'iPad', android: '安卓手机', harmony: '鸿蒙', mac: 'Mac' },
  ...{ windows: 'Windows 电脑', linux: 'Linux 电脑', wechat: '微信', unknown: '不清楚' },
  ...{ pressed: '按下', heartbeat: '心跳', 'zh-CN': '中文', en: '英文' },
  ...{ copy: '复制一份', correct: '更正', erase: '删除', done: '办好了', open: '等着办' },
  ...{ 'state:refused': '没有办', 'verdict:refused': '没有通过', 'not-shown': '没有出示证明' },
}

const holds: Record<Hold['why'], string> = {
  'living-here': '您还登记住在这里，登记要留着',
  'owning-here': '您还是这里的业主，产权登记要留着',
  post: '您有岗位，或离岗不满一年，要查得到谁在岗',
  'open-matter': '还有一个与您有关的任务没有办结',
}

const because: Record<Because, string> = {
  'is-right': '核对过，记的是对的',
  'law-keeps-it': '依法还要保存',
  'claim-of-another': '关系到别人的权利，现在不能删',
  'not-shown': '没有看到能证明的材料',
  'not-ours': '不归我们管，请找原来登记的单位',
  kept: '还没到能删的时候',
}

const kinds: Record<RequestKind, string> = { copy: '复制一份', correct: '更正', erase: '删除' }
const states: Record<RequestState, string> = {
  ...{ open: '等着办', done: '办好了', refused: '没有办', withdrawn: '您撤回了' },
}

/** Everybody's own data: what there is, taking it along, putting it right, having it erased. */
export const ownData = {
  title: '我的数据',
  line: '这里存着的、与您有关的全部内容：存什么、为什么、存多久、谁看得到。',
  parts,
  fields,
  choices,
  holds,
  because,
  kinds,
  states,
  why: '为什么存',
  until: '存到什么时候',
  seen: '谁看得到',
  open: (count: number) => `看内容（${count} 条）`,
  onlyNewest: (shown: number, all: number) =>
    `这里是最新的 ${shown} 条，一共 ${all} 条，带走的一份里都有。`,
  nothing: '这里没有存您的数据。',
  separator: '：',
  comma: '、',

  copyHead: '带走一份',
  copyLine:
    '一个压缩文件：网页可以直接打开看，data.json 供别的系统使用。里面只有您自己的数据，请收好。',
  copyDo: '下载我的全部数据',
  copied: '文件在下载里。再打开这一页，下面的请求里也有这一条。',

  correctDo: '这里不对',
  correctLine: '写清楚哪里不对、应该是什么。最迟 30 天内有人答复您。',
  correctSays: '应该怎样改',
  correctProblem: '请写清楚哪里不对、应该是什么，2 到 300 个字。',
  correctSend: '请他们更正',
  eraseDo: '请删除',
  eraseLine: '要删的是这一部分。能删的当场就删；暂时不能删的，当场告诉您原因。',
  eraseConsent:
    '删它就是收回同意：关爱提醒、防走失和电话问候一起停止，联系人和传感器的记录马上删掉。',
  eraseOwn: '马上删掉。以后需要，可以再登录、再打开。',
  eraseSure: '确定删除',
  closeDo: '注销账号',
  closeLine: '注销以后：',
  closeEffect: [
    '手机和电脑马上全部退出，也不再提醒。',
    '登录用的手机号、通行密钥和验证码马上删掉。',
    '替人办事的授权都结束。',
    '登记和同意过的事照旧，办事到居委窗口。',
    '想再用，请居委再寄一封入户信。',
    '在别的街道照旧能登录。',
  ],
  closeAsk: '真的要注销账号吗？',
  closeAskLine: '这台设备也马上退出。',
  closeKeep: '先不注销',
  closeSure: '确定注销',
  closeHeld: '您现在有岗位，工作用的账号不能注销；离岗以后可以。',
  allHead: '全部删除',
  allLine:
    '不在这里住、也没有房产和岗位以后，可以把与您有关的全部内容删掉。删了找不回来，备份恢复时也会再删一次。',
  allDo: '请删除我的全部数据',
  allNotYet: '现在还不能全部删除：',

  requestsHead: '我提过的请求',
  requestsNone: '还没有提过请求。',
  daysLeft: (days: number) => (days === 0 ? '今天到期' : `还有 ${days} 天`),
  late: '已经超过期限，可以打电话催',
  atStation: '在服务站登记的',
  answered: '答复',
  withdraw: '撤回',
  everything: '全部',
  partOf: (part: Askable) => (part === 'everything' ? '全部内容' : parts[part].title),
  nowDone: '办好了。',
  nowAsked: (day: string) => `已经收到，最迟 ${day} 答复您。`,
  nowKept: '还不能删，原因写在下面。',
  heldUntil: (day: string) => `（到 ${day}）`,
  keptByTerm: (until: string) => `这一部分要存到：${until}。`,

  file: {
    title: '您的数据',
    takenAt: '取出的时间',
    purposes: '为哪些目的存数据',
    basis: '依据',
    contents: '目录',
    line: '这份文件只有您自己的数据。看过就请收好，别人拿到就能读。',
  },
}
