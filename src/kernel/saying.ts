/**
 * Everything that a message to a telephone may say: never a name, an address, or what was found.
 * Which matter it is, one sees after opening the link. A new one does not compile until it has a
 * sentence in both languages.
 */
export const sayings = {
  task: {
    'zh-CN': '您有一项新任务，请打开查看。',
    en: 'There is a new task for you. Please open it.',
  },
  'task-again': {
    'zh-CN': '有一项任务还在等人回应，请您看一下。',
    en: 'A task is still waiting for somebody. Please have a look.',
  },
  'help-asked': {
    'zh-CN': '有同事请您帮忙，请打开查看。',
    en: 'A colleague asks for your help. Please open it.',
  },
  'handed-over': {
    'zh-CN': '有一项任务想转给您，请看要不要接。',
    en: 'A task is offered to you. Please say whether you take it.',
  },
  overdue: {
    'zh-CN': '有一项任务过了期限，请打开查看。',
    en: 'A task is past its deadline. Please open it.',
  },
  'roster-gap': {
    'zh-CN': '未来七天的值班表有空缺，请打开查看。',
    en: 'The duty roster has a gap in the next seven days. Please open it.',
  },
  question: {
    'zh-CN': '有一个问题想请您回答，请打开。',
    en: 'There is a question for you. Please open it and answer.',
  },
  'contact-asked': {
    'zh-CN': '您是一位居民选定的联系人，请打开链接，帮忙回答一个问题。',
    en: 'Somebody chose you as their contact. Please open the link and answer one question.',
  },
  'glass-broken': {
    'zh-CN': '有同事在紧急情况下越权查看了资料，请您打开查看并复核。',
    en: 'A colleague looked beyond their reach in an emergency. Please open it and review it.',
  },
  'keeper-named': {
    'zh-CN': '街道变更了可以拆封反映人身份的岗位，请打开查看。',
    en: 'The street changed which post may open a sealed reporter. Please open it.',
  },
  'why-asked': {
    'zh-CN': '有居民问为什么看了自己的数据，请您打开答复。',
    en: 'A resident asks why their data was looked at. Please open it and answer.',
  },
  'why-answered': {
    'zh-CN': '您问的“为什么看”有了答复，请打开查看。',
    en: 'Your question why somebody looked was answered. Please open it.',
  },
  'reviewer-named': {
    'zh-CN': '街道变更了您的岗位是否复核查看记录，请打开查看。',
    en: 'The street changed whether your post reviews looks. Please open it.',
  },
  'own-request-decided': {
    'zh-CN': '您就自己的数据提出的请求有了结果，请打开查看。',
    en: 'What you asked about your own data was answered. Please open it.',
  },
  'look-wrong': {
    'zh-CN': '您负责的岗位有一次查看，复核认为不妥，请打开查看。',
    en: 'A look by a post that you answer for was found not right. Please open it.',
  },
  'home-decided': {
    'zh-CN': '您的住址确认有了结果，请打开查看。',
    en: 'There is an answer about your home. Please open it.',
  },
  /** The digits stand behind it. */
  'sign-in-code': {
    'zh-CN': '您的登录验证码，5 分钟内有效，请不要告诉任何人，工作人员也不会问您要：',
    en: 'Your sign-in code, valid for 5 minutes. Tell nobody; no staff will ever ask for it:',
  },
} as const

export type Says = keyof typeof sayings

export const sayingKeys = Object.keys(sayings) as Says[]
