export { notesAbout, type Told } from './store.ts'
