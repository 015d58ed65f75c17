/** A refusal is a value from this closed list; a bug is a throw. */
export type FaultKind = keyof typeof faults

/** `who`: a post in a unit, where the refusal is about what somebody else does already. */
export type Fault = {
  readonly fault: FaultKind
  readonly field?: string
  readonly who?: string
  /** So long it will not be otherwise. */
  readonly waitMs?: number
}

type Refusal = { status: number; 'zh-CN': string; en: string }

/** A new refusal does not compile until it has a status and a sentence in both languages. */
export const faults = {
  'bad-input': {
    status: 400,
    'zh-CN': '填写的内容不对，请看标出的那一项。什么也没有改动。',
    en: 'Something in the request is not right; see the named field. Nothing was changed.',
  },
  'biometric-refused': {
    status: 400,
    'zh-CN': '里弄不收人脸、步态、指纹等生物特征，这条已拒收。',
    en: 'Lilong takes no faces, gaits, fingerprints or other biometrics. This was refused.',
  },
  'not-signed-in': {
    status: 401,
    'zh-CN': '请先登录。',
    en: 'Please sign in first.',
  },
  'link-used': {
    status: 410,
    'zh-CN': '这个登录链接已经用过或过期了，请再要一个。',
    en: 'This sign-in link was used or has expired. Please ask for a new one.',
  },
  'not-allowed': {
    status: 403,
    'zh-CN': '您的岗位不能做这件事。',
    en: 'Your post may not do this.',
  },
  'level-too-low': {
    status: 403,
    'zh-CN':
      '这件事要先确认您住在这里（或是业主）。可以凭信件上的码、到服务站，或请家里的成年人确认。',
    en: 'This needs proof that you live here, or own a home here: by the code of a letter, at the station, or by an adult of your household.',
  },
  'step-up-needed': {
    status: 403,
    'zh-CN': '这一页很敏感，请先再验证一次是您本人。',
    en: 'This is a sensitive view. Please show once more that it is you.',
  },
  'no-passkeys-here': {
    status: 409,
    'zh-CN': '这个网址不能用通行密钥。请换用登录页上写的网址，或用别的方式登录。',
    en: 'Passkeys cannot be used at this address. Please open the address named on the sign-in page, or sign in another way.',
  },
  'passkey-refused': {
    status: 403,
    'zh-CN': '这个通行密钥没有通过验证。请再试一次，或用别的方式登录。',
    en: 'This passkey was not accepted. Please try again, or sign in another way.',
  },
  'passkey-blocked': {
    status: 403,
    'zh-CN': '这个通行密钥可能被人复制过，已停用。请用别的方式登录，删掉它，再做一个新的。',
    en: 'Somebody may have copied this passkey, so it is blocked. Please sign in another way, remove it and make a new one.',
  },
  'last-way-in': {
    status: 409,
    'zh-CN': '这是您登录的最后一种方式。请先加上另一种，再删这一个。',
    en: 'This is your last way to sign in. Please add another one first, then remove this.',
  },
  'no-such-way': {
    status: 409,
    'zh-CN': '这个账号不能这样验证，请换一种方式。',
    en: 'This account cannot be confirmed this way. Please choose another one.',
  },
  'code-wrong': {
    status: 403,
    'zh-CN': '验证码不对，或者已经过期、用过。请核对，或再要一个。',
    en: 'This code is not right, or has expired or was used. Please check it, or ask for another one.',
  },
  'in-person-only': {
    status: 403,
    'zh-CN': '这件事只能由本人来办，代办不行。',
    en: 'Only the person themself can do this; nobody can do it for them.',
  },
  'request-needed': {
    status: 403,
    'zh-CN': '查看前请先选一个理由：当面、电话、书面、上门，或转来的事项。',
    en: 'Say first why you have to look: at the counter, on the phone, in writing, a visit, or a matter handed to you.',
  },
  'request-over': {
    status: 403,
    'zh-CN': '这次查看的时间（30 分钟）已经到了。还需要看，请重新选一个理由。',
    en: 'The half hour of this request is over. If you still need to look, please say why once more.',
  },
  'request-bound': {
    status: 409,
    'zh-CN': '这次查看已经用在别的人或别的一户上。要看别的，请另选一个理由。',
    en: 'This request was used for another person or home. For this one please say why once more.',
  },
  'minor-needs-approval': {
    status: 403,
    'zh-CN': '这位居民未满 18 周岁，要负责人先同意。已经转给负责人，同意后再打开。',
    en: 'This resident is under 18: the person in charge has to agree first. They have been asked; please open it again after that.',
  },
  'authority-over': {
    status: 409,
    'zh-CN': '这份调取请求已经过期，请按新的文书重新登记。',
    en: 'This authority’s request has expired. Please record it anew by a new paper.',
  },
  'not-approved': {
    status: 409,
    'zh-CN': '还没有另一位值班长批准，不能提供。',
    en: 'Another officer has not approved this yet, so nothing may be given.',
  },
  'second-officer': {
    status: 409,
    'zh-CN': '自己提出的，要由另一个人来决定。',
    en: 'You asked for this yourself, so somebody else has to decide on it.',
  },
  'questions-open': {
    status: 409,
    'zh-CN': '您有 10 个问题还在等答复，先等几个有了答复再问。',
    en: 'Ten of your questions still wait for an answer. Please ask again once some are answered.',
  },
  'still-needed': {
    status: 409,
    'zh-CN': '还有事情没有了结（还住在这里、还有房产、在岗或任务没办完），现在不能删。',
    en: 'This cannot be erased yet: the person still lives or owns a home here, holds a post, or something about them is open.',
  },
  'no-open-task': {
    status: 403,
    'zh-CN': '住户卡只能从您手上的任务里打开。',
    en: 'A person’s card opens only from an open task of yours.',
  },
  'no-consent': {
    status: 403,
    'zh-CN': '本人没有同意，或同意已收回，所以不能继续。',
    en: 'The person has not agreed, or has ended it, so this cannot go on.',
  },
  'not-found': {
    status: 404,
    'zh-CN': '没有找到。',
    en: 'Not found.',
  },
  'already-so': {
    status: 409,
    'zh-CN': '已经有了，没有再做一遍。',
    en: 'This is already so; nothing was done twice.',
  },
  revoked: {
    status: 409,
    'zh-CN': '已经停用，不能再改。',
    en: 'This is revoked and cannot be changed any more.',
  },
  'moved-on': {
    status: 409,
    'zh-CN': '这件事刚刚变了，请看最新情况再决定。',
    en: 'This matter has just changed. Please look again before you decide.',
  },
  'on-the-way': {
    status: 409,
    'zh-CN': '已经有人在去的路上。还是要去，请再按一次。',
    en: 'Somebody is on the way already. If you still want to go, please press once more.',
  },
  'nobody-else': {
    status: 409,
    'zh-CN': '现在没有别人可以接，这件事还在您手上。',
    en: 'There is nobody else to take it now. It stays with you.',
  },
  'not-a-picture': {
    status: 400,
    'zh-CN': '只收 JPEG 或 WebP 照片，这个文件读不出来。',
    en: 'Only JPEG and WebP pictures are taken; this file cannot be read as one.',
  },
  'picture-tells': {
    status: 400,
    'zh-CN': '照片里带着拍摄地点、时间或机器的信息，没有收下。请从页面上重新拍。',
    en: 'The picture carries where, when or with what it was taken, so it was not kept. Please take it anew from the page.',
  },
  'second-worker': {
    status: 409,
    'zh-CN': '改号码要由另一位工作人员核对，或由本人确认；提出的人和本人的岗位不能自己批。',
    en: 'A changed number is approved by another worker, or confirmed by the person themself; whoever asked for it cannot.',
  },
  'second-person': {
    status: 409,
    'zh-CN': '谁写的规则，要由另一个人来复核启用。',
    en: 'Whoever wrote a rule cannot switch it on: another person has to approve it.',
  },
  'not-tried': {
    status: 409,
    'zh-CN': '这类规则不是按一条条信号判断的，不能试跑，也不能影子运行。',
    en: 'A rule that is not judged signal by signal can be neither tried nor run in shadow.',
  },
  'trial-busy': {
    status: 429,
    'zh-CN': '已经有一次试跑在跑，最多一分钟就完，请等它跑完再试。',
    en: 'Another trial is running. It takes a minute at most; please try again after it.',
  },
  'trial-too-long': {
    status: 503,
    'zh-CN': '一分钟里没有跑完，试跑停下了，什么也没留下。请少选几天再试。',
    en: 'It was not done within a minute and was stopped; nothing is kept. Please try fewer days.',
  },
  'nobody-responsible': {
    status: 409,
    'zh-CN': '这一户现在没有排到负责的人，请街道先排班。',
    en: 'Nobody is responsible for this home now. The street has to fill the post first.',
  },
  'last-officer': {
    status: 409,
    'zh-CN': '这是街道最后一位值班长，先排上另一位，再结束。',
    en: 'This is the last duty officer of the street. Put somebody else into a post first.',
  },
  'no-sensor': {
    status: 409,
    'zh-CN': '这一户还没有装好传感器，先装好再开始。',
    en: 'This home has no sensor yet. One has to be installed first.',
  },
  'home-agreed': {
    status: 409,
    'zh-CN': '这一户已有一位家人同意了关爱提醒，目前一户只能有一份。',
    en: 'Somebody in this home has agreed already; for now there is one agreement a home.',
  },
  'purpose-off': {
    status: 409,
    'zh-CN': '街道还没有启用这一项，现在不能同意它。要先有影响评估，街道才能启用。',
    en: 'The street has not switched this on, so nobody can agree to it yet. It needs an impact assessment first.',
  },
  'impact-missing': {
    status: 409,
    'zh-CN': '启用前要先写好影响评估：为什么非用不可、有什么风险、怎么保护。升级时沿用的不算。',
    en: 'Before it is switched on, its impact has to be written down: why it is needed, what could go wrong, what is done about it. One carried over by an upgrade does not count.',
  },
  'asked-too-soon': {
    status: 409,
    'zh-CN': '本人说过不需要，12 个月内不再问。',
    en: 'The person said no; they are not asked again within 12 months.',
  },
  'rule-off': {
    status: 409,
    'zh-CN': '街道还没有启用要用到它的规则。先启用、写明影响，再装。',
    en: 'The rule that needs this is not switched on in the street. Switch it on first, with a note of its impact.',
  },
  'too-large': {
    status: 413,
    'zh-CN': '内容太大，没有收下。',
    en: 'This is too large and was not taken.',
  },
  'not-a-spreadsheet': {
    status: 400,
    'zh-CN': '这不是能读的 .xlsx 表格，请用模板填好、另存为 .xlsx 再传。',
    en: 'This is no .xlsx file that can be read. Please fill in the template and save it as .xlsx.',
  },
  'not-the-template': {
    status: 400,
    'zh-CN': '表头和模板对不上，缺少标出的那一列。请从模板填起。',
    en: 'The titles are not those of the template; the named column is missing. Start from it.',
  },
  'not-a-table': {
    status: 400,
    'zh-CN': '这不是能读的表格。请存成 .xlsx 或 CSV 再传；旧的 .xls 要先另存。',
    en: 'This is no table that can be read. Save it as .xlsx or CSV; an old .xls has to be saved anew.',
  },
  'table-unreadable': {
    status: 400,
    'zh-CN': '这个 CSV 的文字读不出来。请存成 UTF-8 或 GBK，或改存 .xlsx 再传。',
    en: 'The letters of this CSV cannot be read. Save it as UTF-8 or GBK, or as .xlsx.',
  },
  'table-quotes': {
    status: 400,
    'zh-CN': '这个 CSV 从标出的那一行起引号不成对，请改好，或改存 .xlsx 再传。',
    en: 'From the named line on, quotes of this CSV do not close. Mend them, or save it as .xlsx.',
  },
  'table-too-large': {
    status: 413,
    'zh-CN': '一次最多 20,000 行、6 MB。请分成几个文件，什么也没有导入。',
    en: 'At most 20,000 lines and 6 MB at a time. Please split the file; nothing was imported.',
  },
  'table-busy': {
    status: 429,
    'zh-CN': '别的表格正在处理，请等半分钟再试。什么也没有改动。',
    en: 'Other tables are being worked on. Please try again in half a minute; nothing was changed.',
  },
  'table-stopped': {
    status: 503,
    'zh-CN': '这个表格一分钟里没有处理完，停下了，什么也没有改动。请过一会儿再试，或分成几个文件。',
    en: 'This table was not done within a minute and was stopped; nothing was changed. Try again later, or split it.',
  },
  'import-busy': {
    status: 429,
    'zh-CN': '街道里正有一个文件在导入，请等它导完再来，最多半分钟。',
    en: 'Another file is being imported. Please wait for it; it takes half a minute at most.',
  },
  'own-export': {
    status: 409,
    'zh-CN': '自己要的导出不能自己批，两次批准也要由不同的两个人来做。',
    en: 'Nobody approves an export of their own, and the two approvals come from two other persons.',
  },
  'export-waits': {
    status: 409,
    'zh-CN': '超过 500 行，还要另外两位值班长批准才能取。',
    en: 'Above 500 rows two other officers have to approve before it can be fetched.',
  },
  'export-refused': {
    status: 409,
    'zh-CN': '这次导出没有批准。事由有变的话，请重新申请。',
    en: 'This export was refused. If there is another reason, please ask anew.',
  },
  'export-over': {
    status: 410,
    'zh-CN': '申请已过 72 小时，不能再取，请重新申请。',
    en: 'It was asked for more than 72 hours ago and has ended. Please ask anew.',
  },
  'export-outgrown': {
    status: 409,
    'zh-CN': '登记册里的人比申请时多了不少，请重新申请。',
    en: 'The register has grown since it was asked for. Please ask anew.',
  },
  'undo-over': {
    status: 409,
    'zh-CN': '导入已过 30 天，不能整个撤回了，请逐条改。',
    en: 'The import is more than 30 days old and cannot be taken back as a whole any more.',
  },
  'wrong-media-type': {
    status: 415,
    'zh-CN': '只接受 JSON。',
    en: 'Only JSON is accepted.',
  },
  'too-many': {
    status: 429,
    'zh-CN': '太频繁了，请等一会儿再试。',
    en: 'Too many requests. Please wait a moment and try again.',
  },
  'too-many-found': {
    status: 429,
    'zh-CN': '这个岗位查人太频繁了。请过一会儿再查；有急事请找同事或街道。',
    en: 'This post has looked up too many people. Please wait a while; if it is urgent, ask a colleague or the street.',
  },
  'unknown-year': {
    status: 409,
    'zh-CN': '这一年的放假安排还没有导入，期限算不准。',
    en: 'The working-day table of that year is not here yet, so the deadline cannot be computed.',
  },
  bug: {
    status: 500,
    'zh-CN': '程序出错了，已经记下。您可以再试一次。',
    en: 'The program failed and has noted it. You can try again.',
  },
  'not-ready': {
    status: 503,
    'zh-CN': '正在启动或重置，请稍等。',
    en: 'Starting or resetting. Please wait a moment.',
  },
} as const satisfies Record<string, Refusal>

export function fault(kind: FaultKind, field?: string): Fault {
  return field === undefined ? { fault: kind } : { fault: kind, field }
}

/** Too often: how long to wait stands with it. */
export function mustWait(waitMs: number, field?: string): Fault {
  return { ...fault('too-many', field), waitMs: Math.max(1, Math.ceil(waitMs)) }
}

export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'fault' in value
}
