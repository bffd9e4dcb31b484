export default {
  errors: {
    push_off: "Уведомления в браузере здесь не настроены.",
    unknown_push_service: "Служба уведомлений этого браузера не поддерживается.",
  },
  open: "Открыть",
  digest: {
    title_one: "{{count}} событие",
    title_few: "{{count}} события",
    title_many: "{{count}} событий",
    title_other: "{{count}} события",
    more_one: "…и ещё {{count}}",
    more_few: "…и ещё {{count}}",
    more_many: "…и ещё {{count}}",
    more_other: "…и ещё {{count}}",
    button: "Посмотреть всё",
  },
};
