/**
 * shelves: the partitions that readings lie in. What tells of people lies hour by hour and goes
 * once it is judged; alarms and public space lie day by day. The door of this folder.
 */
export {
  dayTable,
  daysKept,
  dropDay,
  dropHour,
  hourTable,
  hoursKept,
  lastPositionIn,
} from './store.ts'
