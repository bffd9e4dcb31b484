/** Words of reviews in English. */
export default {
  errors: {
    not_found: "There is no such review. It may have been hidden.",
    already_reviewed: "You have already written a review. It cannot be changed.",
    already_complained: "You have already complained. A moderator will read it.",
    not_yourself: "You cannot review or report yourself.",
    answer_closed: "The answer can no longer be changed: a day has passed.",
    reason_unknown: "Choose a reason from the list.",
    complaint_decided: "This complaint has already been decided the other way.",
    involved: "This is about you. Another moderator has to decide.",
    deal_not_found: "There is no such deal. The link may be old.",
    deal_not_reviewable: "A deal can be reviewed once it has paid out.",
    window_over: "A deal can be reviewed within 30 days.",
  },
  complaints: {
    insult: "Insults or threats",
    false: "Not true",
    personal_data: "Personal data",
    spam: "Advertising or spam",
    other: "Something else",
  },
  notices: {
    rate_deal: {
      title: "How was the deal?",
      body: "{{title}}. Write a review until {{until, moment}}: it helps others. The reviews of both sides are shown together.",
      button: "Write a review",
    },
    other_wrote: {
      title: "A review of you was written",
      body: "{{title}}. Write yours and both are shown at once; otherwise that one is shown on {{until, moment}}.",
      button: "Write a review",
    },
    shown: {
      title: "You were rated {{stars}} of 5",
      body: "{{name}} has reviewed you: {{title}}. You can answer.",
      button: "Read the review",
    },
    answered: {
      title: "Your review was answered",
      body: "{{name}} answers your review: {{title}}.",
      button: "Read the answer",
    },
    hidden: {
      title: "Your review was hidden",
      body: "A moderator has hidden your review. Reason: $t(reviews:complaints.{{why}}). It no longer counts in the average.",
    },
    answer_hidden: {
      title: "Your answer to a review was hidden",
      body: "A moderator has hidden your answer. Reason: $t(reviews:complaints.{{why}}).",
    },
    complaint_upheld: {
      title: "Complaint upheld",
      body: "A moderator has looked into your complaint and agrees with you. Thank you for writing.",
    },
    complaint_dismissed: {
      title: "Complaint dismissed",
      body: "A moderator has looked into your complaint and found nothing against the rules.",
    },
    complaints_wait: {
      title: "New complaints",
      body: "There are complaints that wait for a moderator.",
      button: "Open complaints",
    },
  },
};
