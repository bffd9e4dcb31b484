export default {
  errors: {
    invalid: "Please check what you entered.",
    malformed_json: "The request could not be read.",
    body_too_large: "That is too large to send.",
    unauthenticated: "Please open Souk from Telegram again.",
    forbidden: "This is not yours to do.",
    not_found: "There is nothing here.",
    key_reused: "This request was already made with other content.",
    same_person: "Somebody else has to decide this.",
    proposal_closed: "This has been decided already.",
    limited: "That was a little too often. Try again in a moment.",
    unavailable: "This is not available right now. Nothing was changed; try again in a moment.",
    bug: "We made a mistake here. Nothing was half done; try again, or write to support.",
  },
};
