export const delivery = {
  outOfDate: '看到的可能不是最新的，连上后自动更新。',
  newTask: (place: string, what: string) => `新任务：${place}，${what}`,
}
