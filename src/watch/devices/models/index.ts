/**
 * Models: by which declared fields a device's messages are read. They are rows: those that ship,
 * those that a registrar adds, and those that a gateway declares of itself, which count behind
 * that gateway alone.
 */
export { addDeclaredModel, addModel, findModels, importModels } from './models.ts'
export { modelsNamed } from './store.ts'
export type { Declared } from './models.ts'
