export default {
  label: "Фотографии",
  add: "Добавить",
  photo: "Фото {{place}}",
  open: "Открыть фото {{place}}",
  sending: "Отправляется фото {{place}}",
  retry: "Отправить фото {{place}} ещё раз",
  remove: "Убрать фото {{place}}",
};
