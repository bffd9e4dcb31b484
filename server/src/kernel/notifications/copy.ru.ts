export default {
  open: "Открыть",
  errors: { not_found: "Этого уведомления больше нет." },
};
