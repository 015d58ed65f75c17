import { numbers } from './numbers.ts'

/** 登录、首次启用、设备与通行密钥：这些页面不需要脚本也能用。 */
export const entry = {
  numbers,
  phone: '手机号',
  phoneHelp: '我们发一条六位数字的短信，五分钟内有效。',
  sendCode: '发送验证码',
  otherWays: '其他方式',
  byPasskey: '用通行密钥登录',
  byPasskeyLine: '指纹、面容或设备密码，只在您自己的设备上核对，不会传给里弄。',
  byOrganisation: (name: string) => `用${name}登录`,
  passkeyElsewhere: '通行密钥要在这个网址使用：',
  larger: '大字版',
  smaller: '普通字号',
  callCity: '打 12345 问人',
  callCityLine: '登不上就打，24 小时有人接。',
  failedHere: '没有完成，什么也没有改动。请再试一次，或用别的方式。',

  /** 表单没有收下，又没有哪一项可以标出来。 */
  notUnderstood: '填写的内容没有看懂，什么也没有改动。请核对以后再试。',
  wait: (ms: number) =>
    ms <= 90_000
      ? `再过 ${Math.ceil(ms / 1000)} 秒可以再试。`
      : ms <= 5_400_000
        ? `再过 ${Math.ceil(ms / 60_000)} 分钟可以再试。`
        : `再过 ${Math.ceil(ms / 3_600_000)} 小时可以再试。`,
  meanwhile:
    '在这之前：90 天内用这个号码登录过的手机或电脑，仍能收到验证码；通行密钥也能用；到居委会窗口，不用登录也能办事。',
  /** 标在那一项下面的话：哪张表的哪一项。 */
  problems: {
    '/sign-in/code phone': '请写 11 位的手机号。',
    '/sign-in/code/use code': '请写短信里的六位数字。',
    '/step-up/code/use code': '请写短信里的六位数字。',
    '/me/keys/name name': '请从单子里选一个。',
    '/my-data/correct says': '请写清楚哪里不对、应该是什么，2 到 300 个字。',
    '/begin street': '请选一个街道或镇。',
    '/begin name': '请写您的姓名，不超过 60 个字。',
    '/begin phone': '请写能打通的号码：手机，或带区号的座机，如 021-6438 1234。',
    '/begin/committee committee': '请选一个居委会。',
    '/begin/committee phone': '请写能打通的号码：手机，或带区号的座机，如 021-6438 1234。',
  } as Readonly<Record<string, string>>,

  acting: (name: string, until: string) => `您正在替 ${name} 办事 · 到 ${until} 为止`,
  actingBack: '回到自己',

  codeTitle: '填写验证码',
  codeLine: '短信已经发往您填写的手机号。五分钟内有效，请不要告诉任何人。',
  code: '六位数字',
  enter: '登录',
  again: '没有收到，重新填手机号',

  said: {
    'organisation-unknown': {
      title: '这个单位账号还没有开通',
      line: '请向街道的值班长要一个邀请链接，打开后再连上您的单位账号。',
    },
    'organisation-refused': {
      title: '没有登录成功',
      line: '单位那边的回答没有通过核对，或已经过期。请回到登录页再试一次。',
    },
    'organisation-declined': {
      title: '单位那边没有同意',
      line: '登录被取消或拒绝了。可以再试一次，或问您单位的管理员。',
    },
    'organisation-taken': {
      title: '这个单位账号连着另一个人',
      line: '一个单位账号只能开一个人的门。请用您自己的单位账号。',
    },
    'organisation-away': {
      title: '单位的登录暂时连不上',
      line: '请过几分钟再试，或用通行密钥登录。',
    },
  },
  toSignIn: '回到登录页',

  goodbyeTitle: '账号已经注销',
  goodbyeLine: '所有设备都已退出。您还登记在这里，要办事，到居委窗口照旧能办。',
  goodbyeAgain: '以后想再用，请居委再寄一封入户信，就能重新登录。',

  keysTitle: '登录与设备',
  keysLine: '谁能用您的名义进来，都在这里。不认识的，马上停掉。',
  passkeys: '通行密钥',
  noPasskeys: '还没有。做一个，以后不用短信也能登录。',
  addPasskey: '在这台设备上做一个',
  firstKey: '请现在就做一个通行密钥，或连上单位账号：邀请链接只能用一次，下次要靠它登录。',
  passkeyNames: {
    phone: '手机',
    tablet: '平板',
    computer: '电脑',
    'work-computer': '单位电脑',
    key: '安全钥匙',
    other: '其他设备',
  },
  passkeyMade: (at: string) => `${at} 做的`,
  passkeyUsed: (at: string) => `${at} 用过`,
  neverUsed: '还没用过',
  synced: '会同步到您的其他设备',
  blocked: '已停用：可能被人复制过，请删掉',
  rename: '改名',
  renameLabel: (name: string) => `给“${name}”改名`,
  remove: '删除',
  removeLabel: (name: string) => `删除通行密钥“${name}”`,
  organisation: '单位账号',
  linkOrganisation: (name: string) => `连上${name}的账号`,
  unlinkOrganisation: '断开单位账号',
  devices: '已登录的设备',
  deviceNames: {
    iphone: 'iPhone',
    ipad: 'iPad',
    android: '安卓手机',
    harmony: '鸿蒙设备',
    windows: 'Windows 电脑',
    mac: '苹果电脑',
    linux: 'Linux 电脑',
    wechat: '微信',
    other: '其他设备',
  },
  openedBy: { link: '链接', code: '短信', passkey: '通行密钥', oidc: '单位账号' },
  deviceLine: (by: string, at: string) => `用${by}登录 · ${at} 用过`,
  thisDevice: '就是这台',
  end: '停掉',
  endLabel: (name: string) => `停掉“${name}”的登录`,
  endOthers: '停掉其他所有设备',
  keysInPerson: '登录与设备是本人的事，替别人办事时打不开。回到自己，再来看自己的。',
  guideWaits: '里弄还没有启用完。',
  toGuide: '回到启用',
  notSignedIn: '请先登录，再来看自己的设备。',

  stepUpTitle: '请再验证一次',
  stepUpLine: '接下来的内容很敏感。再验证一次是您本人，十分钟内有效。',
  stepUpDone: (until: string, isBack: boolean) =>
    `已经验证，${until} 前有效。${isBack ? '' : '请回到刚才那一页。'}`,
  stepUpActing: '替别人办事时打不开敏感的内容。回到自己，再来验证。',
  stepUpDoneTitle: '已经验证',
  stepUpBack: '回到刚才那一页',
  stepUpPasskey: '用通行密钥验证',
  stepUpOrganisation: '用单位账号验证',
  stepUpCode: '发验证码到我的手机',
  stepUpNone: '这个账号还没有可用的验证方式。请先在“登录与设备”里做一个通行密钥。',
  stepUpUse: '验证',

  beginTitle: '启用里弄',
  beginLine: '三步就能用起来：选街道并登记您自己；做一个通行密钥；加上居委会，或导入登记册。',
  beginNoLink: '启用要用启动时打印的链接。过期了，请运行程序的人执行：',
  beginCommand: 'npm run lilong -- owner link',
  beginOther: '启用只做一次，由打开启用链接的值班长来做。您这里没有要做的。',
  beginFirstTitle: '先把里弄启用好',
  beginFirstLine: '您是用启用链接进来的，街道还没有启用，这一页还打不开。先回去走完第一步。',
  stepStreet: '第一步 · 街道和您自己',
  chooseDistrict: '先选区，再选街道：',
  street: '街道（镇）',
  pickStreet: '请选择',
  ownName: '您的姓名',
  ownPhone: '值班电话',
  ownPhoneHelp: '也是街道值班长的联系电话。',
  found: '启用这个街道',
  otherDistrict: '换一个区',
  stepStreetDone: (name: string) => `${name}已经启用，您是第一位值班长。`,
  stepKey: '第二步 · 通行密钥',
  stepKeyLine: '没有密码。以后登录，靠这台设备上的指纹、面容或设备密码。',
  stepKeyDone: '已经有了。',
  stepCommittee: '第三步 · 居委会',
  committees: (count: number, names: readonly string[] = []) =>
    count === 0
      ? '还没有居委会。先加上要用的那几个，以后随时可以再加。'
      : `已加上 ${count} 个居委会${names.length > 0 ? `：${names.join('；')}` : ''}。`,
  pickCommittee: '请选择',
  committee: '居委会',
  committeePhone: '居委会电话',
  addCommittee: '加上这个居委会',
  chooseCommittee: '选一个居委会',
  orImport: '楼栋、房屋和居民可以用 Excel 或 CSV 一次导入。',
  toImport: '去登记册',
  toDesk: '打开值班台',

  inviteTitle: '邀请同事',
  inviteLine:
    '给在岗的同事做一个登录链接，当面交给本人：24 小时内有效，只能用一次。做新的，旧的就作废。本人会在“谁看过我的数据”里看到。',
  inviteFirst: '要邀请的人不在这里？先在登记册导入“工作人员和岗位”，再回来做链接。',
  toImportStaff: '去导入',
  inviteWho: '邀请同事，由街道的值班长来做。',
  invite: '做一个链接',
  inviteLabel: (name: string) => `做一个链接：${name}`,
  inviteMade: (name: string, until: string) => `${name}的链接，只显示这一次，${until} 前有效：`,

  authoritiesLine:
    '机关要看一个人或一户的资料，要写明单位、法律依据和文号，由两位值班长决定，一次只能一人或一户。这里只数次数，每个季度公布。',
  authoritiesNone: '到现在一次也没有。',
  quarter: (quarter: string) => `${quarter.slice(0, 4)} 年第 ${quarter.slice(-1)} 季度`,
  authoritiesAsked: (asked: number) => `调取 ${asked} 次`,
  authoritiesBecame: (counts: {
    approved: number
    refused: number
    given: number
    delayed: number
  }) =>
    `同意 ${counts.approved}，不同意 ${counts.refused}，给出 ${counts.given}，还没有告诉本人 ${counts.delayed}`,
  authoritiesTold: '给出过的，本人最晚一年后会在“谁看过我的数据”里看到。',
}
