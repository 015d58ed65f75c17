export const delivery: typeof import('../zh-CN/delivery.ts').delivery = {
  outOfDate: 'what you see may be out of date; it updates by itself when the network is back.',
  newTask: (place, what) => `New task: ${place}, ${what}`,
}
