export const identity = {
  signInTitle: '登录里弄',
  whatItIs:
    '里弄帮街道和居委会把该办的事办到、不漏掉；居民在这里看到谁看过自己的数据、为什么，并随时可以收回同意。',
  howToEnter: '这里没有密码，也不列出任何人。请向您的居委会要一个一次性的登录链接。',
  howToEnterDemo: '示例街道：请运行程序的人执行下面这一行，打开得到的链接。',
  demoCommand: 'npm run lilong -- sign-in-link --as 姓名',

  enterTitle: '进入里弄',
  enterLine: '这个链接是给您本人的，只能用一次。按下以后，这台设备就登录了。',
  enter: '进入',
  linkUsedTitle: '这个链接不能再用了',
  linkUsedLine: '它已经用过，或者过了 24 小时。请向给您链接的人再要一个。',

  notAllowedTitle: '这一页不归您的岗位',
  notAllowedLine: '您已经登录，但这一页是给别的岗位用的。什么也没有打开。',
  failedTitle: '这一页没有取到',
  failedLine: '程序出错了，已经记下。请过一会儿再试。',
  toStart: '回到首页',

  titles: {
    home: '首页',
    visitors: '访客码',
    pass: '访客码',
    helpers: '帮我办事的人',
    myHome: '我家',
    door: '守门',
  },
  meTitle: '我',
  name: '姓名',
  post: '岗位',
  unit: '单位',
  street: '街道',
  home: '住处',
  language: '语言',
  signOutLine: '退出以后，这台设备上看不到任务。',
}
