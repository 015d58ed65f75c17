declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Context = {
    oidc?: { route?: string; client?: { clientId: string }; session?: { accountId: string } }
    body: any
  }

  export type Provider = {
    Grant: new (of: { clientId: string; accountId: string }) => {
      addOIDCScope(scope: string): void
      save(): Promise<string>
    }
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
    ): Promise<void>
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void
  }
  export const Provider: new (issuer: string, configuration: object) => Provider
}
