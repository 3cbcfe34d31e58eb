import { createSign } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { answerMemory, type LoadStart, type LoadStarted, whenTold } from './load-child.js'

/**
 * What the product replaces, as it was: a route of Express, and behind it a class that keeps one token, takes 30 s for
 * five minutes and 3600 s for granted. Nothing in it is slow on purpose.
 */
class DocusignAuth {
  #token = ''
  #expiry = 0
  constructor(readonly config: LoadStart) {}

  async getToken(): Promise<{ token: string; expiresAt: number }> {
    const now = Date.now()
    if (this.#token && this.#expiry - now > 300 * 100) return { token: this.#token, expiresAt: this.#expiry }
    const { oauthHost, integrationKey, userId, privateKeyPem } = this.config
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const nowS = Math.floor(now / 1000)
    const claims = {
      iss: integrationKey,
      sub: userId,
      aud: oauthHost,
      iat: nowS,
      exp: nowS + 3600,
      scope: 'signature impersonation',
    }
    const head = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
    const assertion = `${head}.${createSign('RSA-SHA256').update(head).sign(privateKeyPem, 'base64url')}`
    const response = await fetch(`http://${oauthHost}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
    })
    if (!response.ok) throw new Error('refused')
    const { access_token } = (await response.json()) as { access_token: string }
    this.#token = access_token
    this.#expiry = now + 3600 * 1000
    return { token: this.#token, expiresAt: this.#expiry }
  }
}

whenTold((start): Promise<LoadStarted> => {
  const auth = new DocusignAuth(start)
  const secret = 'the-secret-of-the-original'
  const app = express()
  app.use(express.json())
  app.get('/docusignAuthkey', async (request, response) => {
    if (request.headers.authorization !== `Bearer ${secret}`) {
      response.status(401).json({ success: false, error: 'Unauthorized' })
      return
    }
    try {
      const { token, expiresAt } = await auth.getToken()
      response.json({ success: true, message: 'JWT Token obtained successfully', token, expiresAt })
    } catch {
      response.status(500).json({ success: false, error: 'Failed to obtain JWT token' })
    }
  })
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve({ url: `http://127.0.0.1:${port}/docusignAuthkey`, secret })
    })
  })
})
answerMemory()
