/** Pictures of a matter: plain ones, few, for those concerned; they go with their task. */
export { addPhoto, showPhoto } from './photos.ts'
export { photosOf } from './store.ts'
