/** kin: who shares a home or a deed with whom, and how many there are; for the book alone. */
export { countPeople, kinOf } from './store.ts'
