// The table of chat platforms. Each is loaded only when it is configured: together they would cost
// seconds of start and much memory.

export const BOTS = {
  discord: async () => (await import('./discord.ts')).createDiscordBot,
  kakao: async () => (await import('./kakao.ts')).createKakaoBot,
  telegram: async () => (await import('./telegram.ts')).createTelegramBot,
  terminal: async () => (await import('./terminal.ts')).createTerminalBot,
  web: async () => (await import('./web-chat.ts')).createWebChatBot,
} as const;

/** What a bot needs to speak first where that takes more than its own connection. */
export const PUSHES = {
  kakao: async () => ({
    ...(await import('./kakao-push.ts')),
    ...(await import('./kakao-event.ts')),
    ...(await import('./kakao-alimtalk.ts')),
  }),
} as const;
