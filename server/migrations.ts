import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

/** Append only: a migration that was released is never changed, a later one corrects it. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001_issuers_batches_credentials': {
    async up(db) {
      await sql`
        create table issuers (
          id uuid primary key,
          slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
          profile jsonb not null,
          account text not null,
          created_at timestamptz not null default now()
        )`.execute(db)
      await sql`
        create table api_keys (
          id uuid primary key,
          issuer_id uuid not null references issuers (id),
          hash bytea not null unique check (length(hash) = 32),
          created_at timestamptz not null default now()
        )`.execute(db)
      await sql`
        create table batches (
          id uuid primary key,
          issuer_id uuid not null references issuers (id),
          state text not null default 'built'
            check (state in ('built', 'submitted', 'included', 'safe', 'finalized')),
          reason text,
          name text not null,
          root bytea not null check (length(root) = 32),
          size integer not null check (size > 0),
          chain_id bigint not null,
          registry text not null,
          account text not null,
          nodes bytea not null,
          managed boolean not null default false,
          transaction_hash text,
          submitted_at timestamptz,
          retry_at timestamptz,
          watched_at timestamptz,
          anchored_at timestamptz,
          withdrawn_at timestamptz,
          sequence integer,
          idempotency_key text,
          request_hash bytea,
          created_at timestamptz not null default now(),
          unique (issuer_id, idempotency_key)
        )`.execute(db)
      // Uncompressed, so that substring() reads the few nodes of a proof and not the whole tree.
      await sql`alter table batches alter column nodes set storage external`.execute(db)
      await sql`create index batches_watched on batches (state, watched_at)`.execute(db)
      await sql`create index batches_of_issuer on batches (issuer_id, created_at)`.execute(db)
      await sql`
        create table credentials (
          id uuid primary key,
          batch_id uuid not null references batches (id),
          status_index integer not null,
          document text not null,
          salt bytea not null check (length(salt) = 32),
          status text not null default 'active'
            check (status in ('active', 'suspended', 'revoked')),
          chain_status text not null default 'active'
            check (chain_status in ('active', 'suspended', 'revoked')),
          unique (batch_id, status_index)
        )`.execute(db)
      await sql`
        create index credentials_status_pending on credentials (batch_id)
          where status <> chain_status`.execute(db)
    },
  },
  '0002_watch_rounds': {
    async up(db) {
      await sql`
        create table watch_rounds (
          chain_id bigint not null,
          registry text not null,
          ended_at timestamptz not null,
          primary key (chain_id, registry)
        )`.execute(db)
    },
  },
  '0003_builds': {
    async up(db) {
      await sql`alter table batches drop constraint batches_state_check`.execute(db)
      await sql`
        alter table batches add constraint batches_state_check check (state in
          ('building', 'built', 'submitted', 'included', 'safe', 'finalized', 'failed'))`.execute(
        db,
      )
      await sql`
        create table builds (
          batch_id uuid primary key references batches (id),
          seed bytea not null check (length(seed) = 32),
          request text not null
        )`.execute(db)
      await sql`
        create table build_chunks (
          batch_id uuid not null references builds (batch_id),
          first integer not null,
          leaves bytea not null,
          primary key (batch_id, first)
        )`.execute(db)
    },
  },
  '0004_transactions': {
    async up(db) {
      await sql`
        create table transactions (
          id bigint generated always as identity primary key,
          operator text not null,
          chain_id bigint not null,
          nonce bigint not null,
          hash text not null,
          raw text not null,
          max_fee numeric not null,
          max_priority_fee numeric not null,
          purpose text not null check (purpose in ('anchor', 'status')),
          state text not null default 'signed'
            check (state in ('signed', 'broadcast', 'included', 'replaced', 'dropped')),
          reverted boolean not null default false,
          gas_used bigint,
          fee_paid numeric,
          created_at timestamptz not null default now(),
          updated_at timestamptz not null default now(),
          unique (chain_id, hash)
        )`.execute(db)
      // Whatever else goes wrong, two transactions on their way never share a nonce.
      await sql`
        create unique index transactions_on_their_way on transactions (operator, chain_id, nonce)
          where state in ('signed', 'broadcast')`.execute(db)
      await sql`
        create index transactions_by_nonce on transactions (operator, chain_id, nonce)`.execute(db)
      await sql`
        create table transaction_batches (
          transaction_id bigint not null references transactions (id) on delete cascade,
          batch_id uuid not null references batches (id) on delete cascade,
          primary key (transaction_id, batch_id)
        )`.execute(db)
      await sql`
        create index transactions_of_batch on transaction_batches (batch_id)`.execute(db)
    },
  },
  '0005_status_requests': {
    async up(db) {
      await sql`alter table credentials add column status_request integer not null default 0`.execute(
        db,
      )
    },
  },
  '0006_followed_blocks': {
    async up(db) {
      await sql`
        create table followed_chains (
          chain_id bigint not null,
          registry text not null,
          number bigint not null,
          finalized bigint not null,
          head bigint not null,
          genesis text,
          range integer not null,
          reorgs integer not null default 0,
          primary key (chain_id, registry)
        )`.execute(db)
      await sql`
        create table followed_blocks (
          chain_id bigint not null,
          registry text not null,
          number bigint not null,
          hash text not null,
          primary key (chain_id, registry, number),
          foreign key (chain_id, registry) references followed_chains on delete cascade
        )`.execute(db)
      await sql`
        create table watched_statuses (
          batch_id uuid primary key references batches (id) on delete cascade,
          block bigint not null,
          marks integer not null default 1,
          seen integer not null default 0,
          looked_at timestamptz
        )`.execute(db)
      await sql`
        create index watched_statuses_marked on watched_statuses (looked_at)
          where seen < marks`.execute(db)
      await sql`create index watched_statuses_by_age on watched_statuses (looked_at)`.execute(db)
      await sql`alter table batches add column anchor_id bytea`.execute(db)
      await sql`create index batches_by_anchor_id on batches (anchor_id)`.execute(db)
      await sql`
        create index batches_without_anchor_id on batches (id) where anchor_id is null`.execute(db)
    },
  },
  '0007_issuer_keys': {
    async up(db) {
      await sql`
        create table signing_secret (
          one boolean primary key default true check (one),
          salt bytea not null check (length(salt) = 16),
          sealed bytea not null
        )`.execute(db)
      await sql`
        create table issuer_keys (
          id uuid primary key,
          issuer_id uuid not null references issuers (id),
          public_key text not null unique,
          sealed bytea check ((sealed is null) = (retired_at is not null)),
          created_at timestamptz not null default clock_timestamp(),
          retired_at timestamptz
        )`.execute(db)
      // Of several processes that make or replace a key at once, one wins.
      await sql`
        create unique index issuer_keys_in_use on issuer_keys (issuer_id)
          where retired_at is null`.execute(db)
      await sql`
        create index issuer_keys_of_issuer on issuer_keys (issuer_id, created_at)`.execute(db)
      await sql`
        alter table issuers add column did_kind text not null default 'pkh'
          check (did_kind in ('web', 'key', 'pkh', 'external'))`.execute(db)
      await sql`
        update issuers set did_kind = 'external'
          where profile ->> 'id' is not null and profile ->> 'id' not like 'did:pkh:%'`.execute(db)
    },
  },
  '0008_issued_credentials': {
    async up(db) {
      await sql`
        create table status_lists (
          id uuid primary key,
          issuer_id uuid not null references issuers (id),
          number integer not null,
          taken integer not null default 0,
          created_at timestamptz not null default now(),
          unique (issuer_id, number)
        )`.execute(db)
      await sql`
        create table issued_credentials (
          id uuid primary key,
          issuer_id uuid not null references issuers (id),
          credential_id text,
          list_id uuid not null references status_lists (id),
          status_index integer not null,
          suspendable boolean not null,
          revoked_at timestamptz,
          suspended_at timestamptz,
          created_at timestamptz not null default now(),
          unique (list_id, status_index)
        )`.execute(db)
      // A hash index, because an id may be longer than a page of a tree takes.
      await sql`
        create index issued_credentials_by_id on issued_credentials
          using hash (credential_id)`.execute(db)
      await sql`
        create index issued_credentials_ended on issued_credentials (list_id)
          where revoked_at is not null or suspended_at is not null`.execute(db)
    },
  },
  '0009_signatures': {
    async up(db) {
      await sql`alter table credentials add column signature text`.execute(db)
    },
  },
  '0010_issuer_logs': {
    async up(db) {
      await sql`
        create index batches_by_sequence on batches (account, sequence)
          where sequence is not null`.execute(db)
      // Few have ended, and a log counts them batch by batch.
      await sql`
        create index credentials_ended on credentials (batch_id, chain_status)
          where chain_status <> 'active'`.execute(db)
    },
  },
  '0011_subtrees': {
    async up(db) {
      // Where it is null, `nodes` is the whole tree; else the tree above the roots of its subtrees.
      await sql`alter table batches add column subtree_height smallint`.execute(db)
      await sql`
        create table subtrees (
          batch_id uuid not null references batches (id) on delete cascade,
          subtree integer not null,
          nodes bytea not null,
          primary key (batch_id, subtree)
        )`.execute(db)
      // Uncompressed, so that substring() reads the few nodes of a proof and not the whole subtree.
      await sql`alter table subtrees alter column nodes set storage external`.execute(db)
      await sql`
        create table credential_templates (
          batch_id uuid not null references batches (id) on delete cascade,
          shape smallint not null,
          document text not null,
          primary key (batch_id, shape)
        )`.execute(db)
      await sql`alter table credentials alter column document drop not null`.execute(db)
      await sql`alter table credentials add column shape smallint, add column filled text`.execute(
        db,
      )
      await sql`
        alter table credentials add check
          ((document is null) = (shape is not null) and (shape is null) = (filled is null))`.execute(
        db,
      )
      // A look at the batch for each of a million rows would double the cost of storing them; only builds insert, and they hold the batch.
      await sql`alter table credentials drop constraint credentials_batch_id_fkey`.execute(db)
      await sql`
        create table rosters (
          id uuid primary key,
          touched_at timestamptz not null default now()
        )`.execute(db)
      await sql`
        create table roster_parts (
          roster_id uuid not null references rosters (id) on delete cascade,
          part integer not null,
          rows text not null,
          primary key (roster_id, part)
        )`.execute(db)
      await sql`
        create table subtree_rosters (
          batch_id uuid not null references builds (batch_id) on delete cascade,
          deal integer not null,
          subtree integer not null,
          part integer not null,
          rows text not null,
          primary key (batch_id, deal, subtree, part)
        )`.execute(db)
      await sql`alter table roster_parts alter column rows set storage external`.execute(db)
      await sql`alter table subtree_rosters alter column rows set storage external`.execute(db)
      await restartBuilds(db)
    },
  },
  '0012_links_claims_reissues': {
    async up(db) {
      await sql`
        create table links (
          id uuid primary key,
          hash bytea not null unique check (length(hash) = 32),
          credential_id uuid not null references credentials (id) on delete cascade,
          kind text not null check (kind in ('holder', 'share')),
          label text,
          created_at timestamptz not null default now(),
          ends_at timestamptz,
          view_limit integer check (view_limit > 0),
          views integer not null default 0,
          revoked_at timestamptz
        )`.execute(db)
      await sql`create index links_of_credential on links (credential_id, created_at)`.execute(db)
      await sql`
        create table visits (
          hash bytea primary key check (length(hash) = 32),
          link_id uuid not null references links (id) on delete cascade,
          ends_at timestamptz not null
        )`.execute(db)
      await sql`create index visits_of_link on visits (link_id, ends_at)`.execute(db)
      await sql`
        create table claims (
          hash bytea primary key check (length(hash) = 32),
          credential_id uuid not null references credentials (id) on delete cascade,
          ends_at timestamptz not null
        )`.execute(db)
      await sql`create index claims_of_credential on claims (credential_id, ends_at)`.execute(db)
      await sql`
        create table mails (
          id uuid primary key,
          sealed bytea not null,
          batch_id uuid references batches (id) on delete cascade,
          attempts integer not null default 0,
          retry_at timestamptz not null default now(),
          created_at timestamptz not null default now()
        )`.execute(db)
      await sql`create index mails_due on mails (retry_at)`.execute(db)
      await sql`
        create table reissues (
          old_id uuid primary key references credentials (id),
          new_id uuid not null unique references credentials (id),
          batch_id uuid not null references batches (id),
          request_hash bytea not null check (length(request_hash) = 32),
          revokes boolean not null,
          revoked_at timestamptz,
          created_at timestamptz not null default now()
        )`.execute(db)
      await sql`
        create index reissues_open on reissues (batch_id) where revokes and revoked_at is null`.execute(
        db,
      )
    },
  },
  '0014_pathways': {
    async up(db) {
      await sql`
        create table pathways (
          id uuid primary key,
          issuer_id uuid not null references issuers (id),
          document text not null,
          created_at timestamptz not null default now()
        )`.execute(db)
      await sql`create index pathways_of_issuer on pathways (issuer_id, created_at)`.execute(db)
    },
  },
  '0015_sessions': {
    async up(db) {
      await sql`
        create table sessions (
          hash bytea primary key check (length(hash) = 32),
          key_id uuid references api_keys (id) on delete cascade,
          admin_hash bytea,
          ends_at timestamptz not null,
          created_at timestamptz not null default now(),
          check ((key_id is null) <> (admin_hash is null))
        )`.execute(db)
      await sql`create index sessions_of_key on sessions (key_id)`.execute(db)
    },
  },
}

/** What was being built in the form before subtrees is built from the start; nobody has seen any of it. */
async function restartBuilds(db: Kysely<unknown>): Promise<void> {
  await sql`
    delete from credentials where batch_id in (select batch_id from builds)`.execute(db)
  await sql`drop table build_chunks`.execute(db)
  await sql`
    create table build_chunks (
      batch_id uuid not null references builds (batch_id) on delete cascade,
      first integer not null,
      size integer not null,
      primary key (batch_id, first)
    )`.execute(db)
  await sql`insert into rosters (id) select batch_id from builds`.execute(db)
  await sql`
    insert into roster_parts (roster_id, part, rows)
    select batch_id, 0, string_agg(learner::text, E'\n' order by place) || E'\n'
    from builds, jsonb_array_elements(request::jsonb -> 'learners')
      with ordinality as learners (learner, place)
    group by batch_id`.execute(db)
  await sql`
    update builds set request = ((request::jsonb - 'learners' - 'id') || jsonb_build_object(
      'batchId', request::jsonb ->> 'id',
      'achievement', jsonb_build_object('id', 'urn:uuid:' || gen_random_uuid())
        || (request::jsonb -> 'achievement')))::text`.execute(db)
  await sql`alter table builds rename column request to terms`.execute(db)
  await sql`alter table builds add column deal integer`.execute(db)
  await sql`
    update batches set subtree_height = 16 where id in (select batch_id from builds)`.execute(db)
}

/** Applies them one after the other; tests stop at an earlier one, to see what becomes of data that is there already. */
export function migratorOf<Schema>(db: Kysely<Schema>): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } })
}

/** Brings the tables up to date; safe to call from several processes at once. Throws where a migration fails. */
export async function migrate<Schema>(db: Kysely<Schema>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest()
  if (error) throw new Error('the database could not be brought up to date', { cause: error })
}
