/** Showing: what somebody sees of tasks: what they are concerned in; and each look of it. */
export { candidates, colleagues } from './people.ts'
export { closedTasks, myTasks, oneTask, searchTasks } from './show.ts'
