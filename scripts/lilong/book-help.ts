/** Apart from the command itself, which brings the whole program along. */
export const bookWords = ['check', 'line', 'key', 'witness'] as const
export type BookWord = (typeof bookWords)[number]

export const bookHelp = `\
  book check                        核对查看记录有没有被改过 · whether the book of looks was changed
                                    beside the program; ends with 1 where it was
  book line [--check "LINE"]        上一周贴在布告栏的一行；或核对贴过的一行
                                    last week's line for the notice board, or whether one that was
                                    put up still holds
  book key                          本安装的公钥，交给管外部见证的单位
                                    this installation's key, for whoever runs the witness
  book witness                      现在就告诉外部见证 · tells the outside witness now`

export const bookOptions = { check: { type: 'string' as const } }
