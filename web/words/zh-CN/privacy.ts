/** What every page may say of the book and of consents; the book’s own words are in `book.ts`. */
export const privacy = {
  title: '谁看过我的数据',
  authorities: '机关依法调取了几次',
  numbers: '这里存了什么、谁看过多少次',
  readAloud: '读给我听',
  stopReading: '不听了',
  consents: '我同意过的',
  consentsLine: '随时一点就收回，马上停止',
}
