/** The few globals of every runtime that the domain may use: bytes to text, WebCrypto, URLs. No DOM, no Node, no clock. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes: Uint8Array): string
}
interface CryptoKey {
  readonly type: string
}
interface SubtleCrypto {
  digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer>
  importKey(
    format: string,
    key: object,
    algorithm: object | string,
    extractable: boolean,
    uses: string[],
  ): Promise<CryptoKey>
  exportKey(format: 'jwk', key: CryptoKey): Promise<{ x?: string }>
  deriveBits(algorithm: object, key: CryptoKey, length: number): Promise<ArrayBuffer>
  encrypt(algorithm: object, key: CryptoKey, bytes: Uint8Array): Promise<ArrayBuffer>
  decrypt(algorithm: object, key: CryptoKey, bytes: Uint8Array): Promise<ArrayBuffer>
  sign(algorithm: object | string, key: CryptoKey, bytes: Uint8Array): Promise<ArrayBuffer>
  verify(algorithm: object | string, key: CryptoKey, signature: Uint8Array, bytes: Uint8Array): Promise<boolean>
}
declare const crypto: { readonly subtle: SubtleCrypto }
declare function btoa(text: string): string
declare function atob(text: string): string
declare class URL {
  constructor(text: string)
  static canParse(text: string): boolean
  readonly protocol: string
  readonly href: string
  readonly host: string
}
