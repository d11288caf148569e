import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr'
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack'

/** How often the browser shows that it is alive, and after how long a silence of the hub the connection counts as lost, in ms. */
const keepAlive = 5_000
const silence = 15_000

/** Opens a connection to the hub of lectures. It uses a WebSocket and nothing else. */
export function open(): HubConnection {
  return new HubConnectionBuilder()
    .withUrl('/hubs/lecture', { transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .withHubProtocol(new MessagePackHubProtocol())
    .withKeepAliveInterval(keepAlive)
    .withServerTimeout(silence)
    .configureLogging(LogLevel.None)
    .build()
}

/** The code in a refusal of the hub, or `hub.fault` if the error has no code. */
export const codeOf = (error: unknown): string =>
  /[a-z]+\.[a-z-]+(?=$|[^a-z.])/.exec(error instanceof Error ? error.message.replace(/^.*HubException: /, '') : '')?.[0] ?? 'hub.fault'
