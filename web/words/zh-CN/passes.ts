/** A visitor’s pass itself, and whoever checks it at the door. */
export const pass = {
  title: '访客码',
  door: '门',
  span: '时间',
  hold: '到门口，把这张图给守门的人看。',
  notYet: (at: string) => `还没到时间，${at} 起有效。`,
  nothingKept: '这张码不记您是谁，也不记您来过。',
  gone: '这张访客码不能用了',
  goneLine: '它过了时间，或者作废了，或者链接不全。请让请您来的人再发一次。',
  none: '没有看到访客码',
  noneLine: '请打开请您来的人发的整条链接，或再扫一次图。',
  noScript: '访客码只留在您的手机里，不发到网上，所以要用脚本才看得到。请换一个浏览器打开。',
}

export const check = {
  title: '验访客码',
  doorHead: '您守的是哪个门？',
  doorHelp: '记在这台设备上，只问这一次。',
  atDoor: (door: string) => `您守的门：${door}`,
  otherDoor: '换一个门',
  valid: '有效',
  validLine: '可以开门。不用登记，也没有记下。',
  'not-valid': '无效',
  'not-validLine': '不是这个门的，或者不在时间里，或者作废了，或者没有这张码。请让来的人联系住户。',
  again: '再验一次',
}

export const door = {
  title: '守门',
  line: '来的人有访客码，用手机自己的相机扫一扫，打开的页面就说有效还是无效。',
  paste: '或者把链接粘贴在这里',
  pasteProblem: '这不是访客码的链接。',
  check: '验一验',
}
