// dependency-cruiser reads our sources with a visitor of @swc/core that does not know `await using`
// and would stop there. Loaded before it (`node --import`), this shows it the way on.
import { Visitor } from '@swc/core/Visitor.js'

const { visitStatement } = Visitor.prototype

Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  return { ...statement, decls: this.visitVariableDeclarators(statement.decls) }
}
