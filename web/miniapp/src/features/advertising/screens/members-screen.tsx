/** Who helps with a channel: what each may do, whether Telegram still names them, and invitations that wait to be taken. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../../../../kit/button.tsx";
import { Field, Segmented } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Chip, Section } from "../../../../../kit/list.tsx";
import { copyText } from "../../../../../kit/money.tsx";
import { Placeholder, QueryView, Screen } from "../../../../../kit/screen.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { share } from "../../../../../kit/telegram.ts";
import { DateText, TimeLeft } from "../../../../../kit/time-left.tsx";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useMe } from "../../../kernel/queries.ts";
import { useChange } from "../changes.ts";
import { type Members, useMembers } from "../queries.ts";

type Member = Members["items"][number];
type Invite = Members["invites"][number];
type Open = { kind: "invite" } | { kind: "member"; member: Member } | { kind: "made"; invite: Invite } | null;

export default function MembersScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useMembers(id);
  return (
    <Screen title={t("ads:helpers.title")} lead={t("ads:helpers.lead")} onBack={back}>
      <QueryView query={query}>{(members) => <List key={id} channelId={id} members={members} />}</QueryView>
    </Screen>
  );
}

function List({ channelId, members }: { channelId: string; members: Members }): ReactNode {
  const t = useWords();
  const me = useMe().data;
  const [open, setOpen] = useState<Open>(null);
  const isOwner = members.items.some(({ role, user }) => role === "owner" && user.id === me?.id);
  return (
    <>
      <Section label={t("ads:helpers.title")} footer={t("ads:helpers.footer")} testId="members">
        {members.items.map((member) => (
          <Cell
            key={member.user.id}
            before={<Avatar name={member.user.firstName} url={member.user.photoUrl} size={40} />}
            beforeSize={40}
            title={member.user.firstName}
            subtitle={
              <>
                {t(`ads:channelRole.${member.role}`)}
                {member.checkedAt && (
                  <>
                    {" · "}
                    {t("ads:helpers.checked")} <DateText at={member.checkedAt} />
                  </>
                )}
              </>
            }
            after={
              member.isAdminInTelegram === false && member.role !== "viewer" ? (
                <Chip tone="trouble">{t("ads:helpers.noRights")}</Chip>
              ) : null
            }
            {...(member.role !== "owner" && (isOwner || member.user.id === me?.id)
              ? { onClick: () => setOpen({ kind: "member", member }) }
              : {})}
          />
        ))}
        {isOwner && (
          <Cell
            look="action"
            before={<Icon name="plus" />}
            title={t("ads:helpers.invite")}
            onClick={() => setOpen({ kind: "invite" })}
            testId="invite"
          />
        )}
      </Section>
      {isOwner && members.items.length === 1 && members.invites.length === 0 && (
        <Placeholder icon="users" title={t("ads:helpers.alone")} text={t("ads:helpers.aloneText")} />
      )}
      {members.invites.length > 0 && (
        <Section header={t("ads:helpers.invites")} footer={t("ads:helpers.invitesFooter")}>
          {members.invites.map((invite) => (
            <Cell
              key={invite.id}
              before={<Icon name="key" />}
              title={invite.username ? `@${invite.username}` : t("ads:helpers.anybody")}
              subtitle={
                <>
                  {t(`ads:channelRole.${invite.role}`)} · <TimeLeft until={invite.expiresAt} isQuiet />
                </>
              }
              onClick={() => setOpen({ kind: "made", invite })}
            />
          ))}
        </Section>
      )}
      <Sheets channelId={channelId} open={open} setOpen={setOpen} />
    </>
  );
}

function Sheets(props: { channelId: string; open: Open; setOpen: (open: Open) => void }): ReactNode {
  const { channelId, open, setOpen } = props;
  const close = () => setOpen(null);
  if (open?.kind === "invite")
    return (
      <InviteSheet
        channelId={channelId}
        onClose={close}
        onMade={(invite) => setOpen({ kind: "made", invite })}
      />
    );
  if (open?.kind === "made") return <MadeSheet channelId={channelId} invite={open.invite} onClose={close} />;
  if (open?.kind === "member")
    return <MemberSheet channelId={channelId} member={open.member} onClose={close} />;
  return null;
}

const NAME = /^@?[A-Za-z]\w{3,31}$/;

function InviteSheet(props: {
  channelId: string;
  onClose: () => void;
  onMade: (invite: Invite) => void;
}): ReactNode {
  const t = useWords();
  const [role, setRole] = useState<"manager" | "viewer">("manager");
  const [name, setName] = useState("");
  const make = useChange<Members>(({ invites }) => {
    const newest = invites.toSorted((a, b) => Date.parse(b.expiresAt) - Date.parse(a.expiresAt))[0];
    if (newest) props.onMade(newest);
    else props.onClose();
  });
  const isWrong = name.trim() !== "" && !NAME.test(name.trim());
  return (
    <Sheet title={t("ads:helpers.invite")} onClose={props.onClose} testId="invite-sheet">
      <div style={{ padding: "0 16px 16px" }}>
        <Segmented
          label={t("ads:helpers.role")}
          value={role}
          onChange={setRole}
          options={[
            { value: "manager", text: t("ads:channelRole.manager") },
            { value: "viewer", text: t("ads:channelRole.viewer") },
          ]}
        />
      </div>
      <p className="screen-lead">{t(`ads:helpers.${role}Text`)}</p>
      <Section footer={t("ads:helpers.nameFooter")}>
        <Field
          label={t("ads:helpers.name")}
          placeholder="@username"
          value={name}
          max={33}
          onChange={setName}
          error={isWrong ? t("ads:problem.username") : null}
        />
      </Section>
      <div className="sheet-actions">
        <Button
          isDisabled={isWrong}
          isLoading={make.isPending}
          onClick={() =>
            make.mutate({
              method: "POST",
              path: `/api/channels/${props.channelId}/members`,
              body: { role, ...(name.trim() === "" ? {} : { username: name.trim() }) },
            })
          }
        >
          {t("ads:helpers.make")}
        </Button>
      </div>
    </Sheet>
  );
}

function MadeSheet(props: { channelId: string; invite: Invite; onClose: () => void }): ReactNode {
  const { invite } = props;
  const t = useWords();
  const revoke = useChange(() => {
    toast(t("ads:helpers.revoked"), "done");
    props.onClose();
  });
  return (
    <Sheet title={t("ads:helpers.made")} onClose={props.onClose}>
      <Section footer={t("ads:helpers.madeFooter")}>
        <output className="code-display">{invite.code}</output>
        <Cell
          look="action"
          before={<Icon name="link" />}
          title={t("ads:helpers.copyLink")}
          onClick={() => void copyText(invite.deepLink, t("kit:copied"), t("kit:copyFailed"))}
        />
        <Cell
          look="action"
          before={<Icon name="share" />}
          title={t("ads:card.share")}
          onClick={() => share(invite.deepLink, t("ads:helpers.shareText"))}
        />
      </Section>
      <div className="sheet-actions">
        <Button
          look="danger"
          isLoading={revoke.isPending}
          onClick={() =>
            revoke.mutate({ method: "DELETE", path: `/api/channels/${props.channelId}/invites/${invite.id}` })
          }
        >
          {t("ads:helpers.revoke")}
        </Button>
      </div>
    </Sheet>
  );
}

/** Its owner ends somebody's help, or a helper their own. */
function MemberSheet(props: { channelId: string; member: Member; onClose: () => void }): ReactNode {
  const { user, role } = props.member;
  const t = useWords();
  const me = useMe().data;
  const [, navigate] = useLocation();
  const isMe = user.id === me?.id;
  const remove = useChange(() => {
    toast(t(isMe ? "ads:helpers.left" : "ads:helpers.removed"), "done");
    props.onClose();
    if (isMe) navigate("/ads/mine", { replace: true });
  });
  return (
    <Sheet title={user.firstName} onClose={props.onClose}>
      <p className="screen-lead">{t(`ads:helpers.${role === "viewer" ? "viewer" : "manager"}Text`)}</p>
      <div className="sheet-actions">
        <Button
          look="danger"
          isLoading={remove.isPending}
          onClick={() =>
            remove.mutate({ method: "DELETE", path: `/api/channels/${props.channelId}/members/${user.id}` })
          }
        >
          {t(isMe ? "ads:helpers.leave" : "ads:helpers.remove")}
        </Button>
      </div>
    </Sheet>
  );
}
