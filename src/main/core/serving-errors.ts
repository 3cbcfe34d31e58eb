/** What other programs are told that ask this app for a token, and what may keep it from answering them. */
export const SERVING_ERRORS = {
  secret_wrong: {
    message: 'The bearer secret is missing, or it is not one of a profile that is switched on.',
    hint: 'Send “Authorization: Bearer <secret>”. Token Desk shows a secret once: make a new one where it is lost.',
  },
  secret_gone: {
    message: 'The secret is shown once, and that is over.',
    hint: 'Make a new one. The old one stops working then.',
  },
  host_refused: {
    message: 'The request was not addressed to this server.',
    hint: 'Use http://127.0.0.1 or http://localhost with the port that Token Desk shows.',
  },
  origin_refused: {
    message: 'Web pages may not ask for tokens.',
    hint: 'Ask from a program instead: Postman, curl, a script.',
  },
  too_many_calls: {
    message: 'Too many failing calls.',
    hint: 'Mend what fails, wait a little, then ask again.',
    retryable: true,
  },
  request_too_large: {
    message: 'The request is larger than any that is meant here.',
    hint: 'Send a GET without a body.',
  },
  request_unreadable: {
    message: 'The request cannot be read, or does not say whom it is for.',
    hint: 'Send one GET at a time as HTTP/1.1, with a Host.',
  },
  route_unknown: { message: 'There is nothing at this address.', hint: 'GET /openapi.json says what there is.' },
  method_refused: { message: 'Only GET is answered here.', hint: 'Send a GET without a body.' },
  profile_not_served: {
    message: 'This secret does not open that profile.',
    hint: 'Use the secret of the profile that you ask for.',
  },
  production_not_served: {
    message: 'Production tokens are not handed to other programs.',
    hint: 'Turn on “Hand production tokens to other programs” in the settings of Token Desk.',
  },
  port_taken: {
    message: 'Another program holds the port of the token server.',
    hint: 'Quit that program, or take another port, and tell clients. If it may have heard from them, make new secrets.',
    retryable: true,
  },
  port_refused: {
    message: 'The token server could not listen on its port.',
    hint: 'Take another port. Those below 1024 belong to the system.',
  },
}
