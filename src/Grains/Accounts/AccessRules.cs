using System.Collections.Immutable;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace ConsultHub.Accounts;

/// <summary>The rules about accounts and roles. Pure.</summary>
internal static partial class AccessRules
{
    /// <summary>How many accounts guests and attendees of single conferences may take. The others are left for the staff.</summary>
    public const int MostVisitors = 15_000;

    /// <summary>How many guests a session may have at the same time.</summary>
    public const int MostGuests = 50;

    /// <summary>How many guests a conference may have in all, with those whose link was withdrawn or is over.</summary>
    public const int MostGuestsOfConference = 1_000;

    public const int MostAccounts = 20_000,
        MostRoles = 50,
        MostEnded = 500,
        MostTokenActions = 100,
        MostIdentities = 10;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._@-]{1,63}\z")]
    private static partial Regex UserName();

    /// <summary>Decides a command.</summary>
    /// <returns>The event, or the reply that refuses the command.</returns>
    public static (AccountSet? Set, AccessReply? Refused) Decide(AccessState state, Actor actor, AccessCommand command, DateTimeOffset now)
    {
        var known = state.Accounts.GetValueOrDefault(command.Person);
        if (!(StandsOn(state, actor, command, now) || IsOfOwnTokens(actor, command, known)))
            return (null, Refused(AccountCodes.RoleLost, known));
        if (command is OpenAccount open)
            return known is null && open.Person != Actor.System.Person
                ? Open(state, open, now)
                : (null, Refused(AccountCodes.Exists, null, "$.person"));
        if (known is null)
            return (null, Refused(AccountCodes.Unknown, null));
        if (command.ExpectedVersion is { } seen && seen != known.Version)
            return (null, Refused(AccountCodes.Stale, known));
        var (set, refused) = command switch
        {
            ChangeAccount change => Change(state, known, change),
            DeactivateAccount { Deactivated: var off } => (
                new AccountSet(known with { Deactivated = off }, off ? "deactivate" : "reactivate"),
                null
            ),
            GiveRole give => Give(known, give.Grant),
            ChangePeriod change => Change(known, change),
            TakeRole take => Take(known, take.Grant),
            RecoverAccount recover => actor == Actor.System ? Recover(known, recover, now) : (null, Refused(AccountCodes.RoleLost, known)),
            MakeToken make => Make(known, make.Token, now),
            WithdrawToken withdraw => Withdraw(known, withdraw.Token),
            LinkIdentity link => Link(state, known, link.Identity),
            UnlinkIdentity unlink => Unlink(known, unlink.Issuer),
            MapRoles map => Map(known, map),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
        return set is not null && LosesLastAdministrator(state, known, set.Account, now)
            ? (null, Refused(AccountCodes.LastAdministrator, known))
            : (set, refused);
    }

    /// <summary>Returns the first account, which is an administrator.</summary>
    public static (AccountSet? Set, AccessReply? Refused) SetUp(AccessState state, OpenAccount open, DateTimeOffset now)
    {
        var administers = new Grant(open.CommandId, Role.Administrator, new GrantScope(), now, null, open.Person);
        var (set, refused) = Open(state, open with { Grants = [administers] }, now);
        return (set is null ? null : set with { What = "set-up" }, refused);
    }

    /// <summary>Whether the hub has an administrator who does not belong to the demo.</summary>
    public static bool HasAdministrator(AccessState state, DateTimeOffset now) =>
        state.Accounts.Values.Any(a => !a.Demo && IsLastingAdministrator(a, now));

    /// <summary>
    /// Returns the account with more ended sign-ins. Sign-ins that would have ended by themselves by now are forgotten. If too many remain,
    /// those with the earliest end are forgotten too. All sign-ins that end no later than a forgotten one count as ended. So no forgotten
    /// sign-in becomes valid again, even if the clock goes back.
    /// </summary>
    public static Account WithEnded(Account account, ImmutableArray<EndedSignIn> ended, DateTimeOffset now)
    {
        var all = account.Ended.Concat(ended).DistinctBy(e => e.Id).OrderByDescending(e => e.Until).ToList();
        var kept = all.TakeWhile(e => e.Until > now).Take(MostEnded).ToList();
        var through = kept.Count < all.Count ? all[kept.Count].Until : (DateTimeOffset?)null;
        return account with
        {
            Ended = [.. kept],
            EndedThrough = through > account.EndedThrough || account.EndedThrough is null ? through : account.EndedThrough,
        };
    }

    /// <summary>Whether the person may still give the command. People connect and disconnect their own accounts without any role.</summary>
    private static bool StandsOn(AccessState state, Actor actor, AccessCommand command, DateTimeOffset now) =>
        actor == Actor.System
        || (
            command is not MapRoles
            && state.Accounts.GetValueOrDefault(actor.Person) is { Deactivated: false } account
            && (
                account.Grants.Any(g => g.Id == command.Basis && g.IsValidAt(now))
                || (command is LinkIdentity or UnlinkIdentity && actor.Person == command.Person)
            )
        );

    private static (AccountSet? Set, AccessReply? Refused) Recover(Account known, RecoverAccount recover, DateTimeOffset now)
    {
        if (!recover.Administrator)
            return (new AccountSet(known, "recover"), null);
        var active = known with { Deactivated = false };
        if (IsLastingAdministrator(active, now))
            return (new AccountSet(active, "recover"), null);
        var grant = new Grant(recover.CommandId, Role.Administrator, new GrantScope(), now, null, Actor.System.Person);
        return known.Grants.Length >= MostRoles
            ? (null, Refused(AccountCodes.TooManyRoles, known))
            : (new AccountSet(active with { Grants = active.Grants.Add(grant) }, "recover", grant.Id), null);
    }

    /// <summary>A person needs no role to make and withdraw tokens of the own account.</summary>
    private static bool IsOfOwnTokens(Actor actor, AccessCommand command, Account? known) =>
        command is MakeToken or WithdrawToken && command.Person == actor.Person && known is { Deactivated: false };

    private static (AccountSet? Set, AccessReply? Refused) Make(Account known, AccessToken token, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(token.Name) || token.Name.Length > 120)
            return (null, Refused(TokenCodes.BadName, known, "$.name"));
        if (token.Until <= now || token.Until > now + AccountRules.TokenLasts)
            return (null, Refused(TokenCodes.BadPeriod, known, "$.until"));
        if (token.Actions.IsDefaultOrEmpty || token.Actions.Length > MostTokenActions || token.Actions.Any(a => a is not { Length: <= 80 }))
            return (null, Refused(TokenCodes.BadActions, known, "$.actions"));
        var valid = known.Tokens.RemoveAll(t => t.Until <= now || t.Id == token.Id);
        return valid.Length >= AccountRules.MostTokens
            ? (null, Refused(TokenCodes.TooMany, known))
            : (new AccountSet(known with { Tokens = valid.Add(token) }, "make-token"), null);
    }

    private static (AccountSet? Set, AccessReply? Refused) Withdraw(Account known, Guid token)
    {
        var rest = known.Tokens.RemoveAll(t => t.Id == token);
        return rest.Length == known.Tokens.Length
            ? (null, Refused(TokenCodes.Unknown, known))
            : (new AccountSet(known with { Tokens = rest }, "withdraw-token"), null);
    }

    private static (AccountSet? Set, AccessReply? Refused) Open(AccessState state, OpenAccount open, DateTimeOffset now)
    {
        var account = new Account
        {
            Person = open.Person,
            UserName = open.UserName.ToLowerInvariant(),
            Name = open.Name,
            Email = open.Email,
            Demo = open.Demo,
            Kind = open.Kind,
            Grants = open.Grants,
            Identities = open.Identity is { } identity ? [identity] : [],
        };
        if (state.Accounts.Count >= MostAccounts || (account.IsVisitor && state.Accounts.Values.Count(a => a.IsVisitor) >= MostVisitors))
            return (null, Refused(AccountCodes.Full, null));
        if (account.Kind == AccountKind.Guest && HasTooManyGuests(state, account.Grants[0].Scope, now))
            return (null, Refused(AccountCodes.TooManyGuests, null, "$.session"));
        if (FaultOf(state, account) is { } fault)
            return (null, fault);
        if (open.Identity is { } external && OwnerOf(state, external) is not null)
            return (null, Refused(AccountCodes.LinkedElsewhere, null));
        for (var i = 0; i < open.Grants.Length; i++)
            if (FaultOf(open.Grants[i]) is { } wrong)
                return (null, Refused(wrong.Code, null, $"$.roles[{i}]", wrong.Message));
        return open.Grants.Length > MostRoles
            ? (null, Refused(AccountCodes.TooManyRoles, null, "$.roles"))
            : (new AccountSet(account, "open-account"), null);
    }

    private static (AccountSet? Set, AccessReply? Refused) Change(AccessState state, Account known, ChangeAccount change)
    {
        var after = known with { UserName = change.UserName.ToLowerInvariant(), Name = change.Name, Email = change.Email };
        return FaultOf(state, after) is { } fault ? (null, fault) : (new AccountSet(after, "change-account"), null);
    }

    private static (AccountSet? Set, AccessReply? Refused) Give(Account known, Grant grant)
    {
        if (FaultOf(grant) is { } wrong)
            return (null, Refused(wrong.Code, known, wrong.Place, wrong.Message));
        if (known.Grants.Any(g => g.Id == grant.Id && g.Source is not null))
            return (null, Refused(AccountCodes.RoleFromProvider, known));
        if (known.Grants.Any(g => g.Id == grant.Id && (g.Role, g.Scope) != (grant.Role, grant.Scope)))
            return (null, Refused(AccountCodes.CommandUsed, known, "$.commandId"));
        var others = known.Grants.RemoveAll(g => g.Id == grant.Id);
        return others.Length >= MostRoles
            ? (null, Refused(AccountCodes.TooManyRoles, known))
            : (new AccountSet(known with { Grants = others.Add(grant) }, "give-role", grant.Id), null);
    }

    /// <summary>Changes the period of a role. The role keeps its id and its place in the list.</summary>
    private static (AccountSet? Set, AccessReply? Refused) Change(Account known, ChangePeriod change)
    {
        if (known.Grants.FirstOrDefault(g => g.Id == change.Grant) is not { } before)
            return (null, Refused(AccountCodes.RoleUnknown, known));
        if (before.Source is not null)
            return (null, Refused(AccountCodes.RoleFromProvider, known));
        var after = before with { From = change.From, Until = change.Until };
        return FaultOf(after) is { } wrong
            ? (null, Refused(wrong.Code, known, wrong.Place, wrong.Message))
            : (new AccountSet(known with { Grants = known.Grants.Replace(before, after) }, "change-period", after.Id), null);
    }

    private static (AccountSet? Set, AccessReply? Refused) Take(Account known, Guid grant)
    {
        if (known.Grants.Any(g => g.Id == grant && g.Source is not null))
            return (null, Refused(AccountCodes.RoleFromProvider, known));
        var rest = known.Grants.RemoveAll(g => g.Id == grant);
        return rest.Length == known.Grants.Length
            ? (null, Refused(AccountCodes.RoleUnknown, known))
            : (new AccountSet(known with { Grants = rest }, "take-role", grant), null);
    }

    private static (AccountSet? Set, AccessReply? Refused) Link(AccessState state, Account known, ExternalIdentity identity)
    {
        if (OwnerOf(state, identity) is { } owner)
            return (null, owner == known.Person ? new AccessReply(known) : Refused(AccountCodes.LinkedElsewhere, known));
        if (known.Identities.Any(i => i.Issuer == identity.Issuer))
            return (null, Refused(AccountCodes.LinkedAlready, known));
        return known.Identities.Length >= MostIdentities
            ? (null, Refused(AccountCodes.TooManyIdentities, known))
            : (new AccountSet(known with { Identities = known.Identities.Add(identity) }, "link-identity"), null);
    }

    private static (AccountSet? Set, AccessReply? Refused) Unlink(Account known, string issuer)
    {
        var rest = known.Identities.RemoveAll(i => i.Issuer == issuer);
        var after = known with { Identities = rest, Grants = known.Grants.RemoveAll(g => g.Source == issuer) };
        return rest.Length == known.Identities.Length
            ? (null, Refused(AccountCodes.NotLinked, known))
            : (new AccountSet(after, "unlink-identity"), null);
    }

    /// <summary>Roles that the person already has from the provider keep their ids and their beginning.</summary>
    private static (AccountSet? Set, AccessReply? Refused) Map(Account known, MapRoles map)
    {
        foreach (var grant in map.Grants)
            if (FaultOf(grant) is { } wrong)
                return (null, Refused(wrong.Code, known, wrong.Place, wrong.Message));
        bool IsFromHere(Grant grant) => grant.Source == map.Issuer;
        static bool Same(Grant one, Grant other) => one.Role == other.Role && one.Scope == other.Scope;
        var kept = known.Grants.RemoveAll(g => IsFromHere(g) && !map.Grants.Any(wanted => Same(g, wanted)));
        var added = map.Grants.Where(wanted => !kept.Any(g => IsFromHere(g) && Same(g, wanted))).ToList();
        if (kept.Length == known.Grants.Length && added.Count == 0)
            return (null, new AccessReply(known));
        return kept.Length + added.Count > MostRoles
            ? (null, Refused(AccountCodes.TooManyRoles, known))
            : (new AccountSet(known with { Grants = [.. kept, .. added.Select(g => g with { Source = map.Issuer })] }, "map-roles"), null);
    }

    /// <summary>Accounts are never deleted. So a conference's guests whose link was withdrawn are bounded too.</summary>
    private static bool HasTooManyGuests(AccessState state, GrantScope session, DateTimeOffset now)
    {
        var ofConference = state
            .Accounts.Values.Where(a => a.Kind == AccountKind.Guest && a.Grants.Any(g => g.Scope.Conference == session.Conference))
            .ToList();
        return ofConference.Count >= MostGuestsOfConference
            || ofConference.Count(a => !a.Deactivated && a.Grants.Any(g => g.Scope == session && g.IsValidAt(now))) >= MostGuests;
    }

    private static PersonId? OwnerOf(AccessState state, ExternalIdentity identity) =>
        state.Accounts.Values.FirstOrDefault(a => a.Identities.Any(i => i.Is(identity.Issuer, identity.Subject)))?.Person;

    private static AccessReply? FaultOf(AccessState state, Account account) =>
        !UserName().IsMatch(account.UserName) ? Refused(AccountCodes.BadUserName, null, "$.userName")
        : string.IsNullOrWhiteSpace(account.Name.En)
        || new[] { account.Name.En, account.Name.Ar, account.Name.Ko }.Any(n => n is { Length: > 120 })
            ? Refused(AccountCodes.BadName, null, "$.name")
        : account.Email is { } email && !(email.Length <= 254 && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email)
            ? Refused(AccountCodes.BadEmail, null, "$.email")
        : state.UserNames.TryGetValue(account.UserName, out var other) && other != account.Person
            ? Refused(AccountCodes.NameTaken, null, "$.userName")
        : null;

    /// <summary>Returns what is wrong with a grant: each role has scopes of its own.</summary>
    public static (Code Code, string Place, string? Message)? FaultOf(Grant grant)
    {
        var scope = grant.Scope;
        if (grant.Until <= grant.From)
            return (AccountCodes.BadPeriod, "$.until", null);
        var (network, hospitals, partner, conference) = (
            scope.Network is not null,
            !scope.Hospitals.IsEmpty,
            scope.Partner is not null,
            scope.Conference is not null
        );
        var session = scope.Session is not null;
        var message = grant.Role switch
        {
            Role.System => "Nobody can be given this role.",
            var role when !Enum.IsDefined(role) => "There is no such role.",
            Role.Administrator when network || hospitals || partner || conference || session =>
                "An administrator looks after the whole hub, so the role has no scope.",
            Role.Administrator => null,
            _ when !network => "The role needs a network.",
            Role.Coordinator or Role.ProgrammeDirector or Role.Supervisor when hospitals && partner =>
                "The role is limited to hospitals or to a partner, not to both.",
            Role.Registrar when !hospitals => "A registrar needs a hospital.",
            Role.Host or Role.Speaker or Role.Moderator or Role.Captioner when !conference => "The role needs a conference.",
            not (Role.Coordinator or Role.Registrar or Role.Display or Role.ProgrammeDirector or Role.Supervisor or Role.ResearchLead)
                when hospitals => "The role cannot be limited to hospitals.",
            not (Role.Coordinator or Role.ProgrammeDirector or Role.Reviewer or Role.Supervisor or Role.ResearchLead) when partner =>
                "The role cannot be limited to a partner.",
            Role.Attendee when session => "An attendee is registered for a conference, not for one session.",
            not (Role.Host or Role.Speaker or Role.Moderator or Role.Captioner or Role.Attendee) when conference || session =>
                "The role cannot be limited to a conference.",
            _ => null,
        };
        return message is null ? null : (AccountCodes.BadScope, "$.scope", message);
    }

    private static bool LosesLastAdministrator(AccessState state, Account before, Account after, DateTimeOffset now) =>
        IsLastingAdministrator(before, now)
        && !IsLastingAdministrator(after, now)
        && !state.Accounts.Values.Any(a => a.Person != before.Person && a.Demo == before.Demo && IsLastingAdministrator(a, now));

    /// <summary>
    /// Whether the person is an administrator whose role does not lapse. A role that a provider's claims give can lapse at any time, so it
    /// does not count. So claims cannot take the last administrator away.
    /// </summary>
    private static bool IsLastingAdministrator(Account account, DateTimeOffset now) =>
        !account.Deactivated && account.Grants.Any(g => g is { Role: Role.Administrator, Until: null, Source: null } && g.IsValidAt(now));

    private static AccessReply Refused(Code code, Account? account, string? place = null, string? message = null) =>
        new(account, code, message ?? code.Message, place);
}
