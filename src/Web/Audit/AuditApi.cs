using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Audit;

/// <summary>The trace: who signed in, was refused, got a role, or read private data.</summary>
public static class AuditApi
{
    private const int MostDays = 31,
        MostTaken = 200,
        MostText = 100,
        MostChanges = 2_000;

    /// <summary>After this time, no further day is searched. The answer then says where to go on.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    /// <param name="Count">How often it happened within the minute.</param>
    /// <param name="LastAt">When it happened last within the minute. Null if it happened once.</param>
    /// <param name="Kind">What kind of thing happened, for example <c>refused</c>.</param>
    /// <param name="Name">The person's name. Null if the hub does not know it.</param>
    /// <param name="What">What was done or tried, for example <c>cases.read</c>.</param>
    /// <param name="Route">The method and the pattern of the address.</param>
    /// <param name="Thing">The values in the address, or the account that was changed.</param>
    /// <param name="Why">The code of a refusal, or the reason that a person gave.</param>
    public sealed record AuditEntry(
        Guid Id,
        DateTimeOffset At,
        DateTimeOffset? LastAt,
        int Count,
        string Kind,
        PersonId? Person,
        LocalName? Name,
        string? Address,
        string? Device,
        string What,
        string? Route,
        string? Thing,
        string? Before,
        string? After,
        string? Why
    );

    /// <param name="Next">The value of <c>before</c> for the next page. Null if there is none.</param>
    public sealed record AuditPage(IReadOnlyList<AuditEntry> Rows, string? Next);

    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services
            .AddOptions<AuditOptions>()
            .BindConfiguration("Hub:Audit")
            .Validate(o => o.IsValid, "Hub:Audit:KeepDays must be between 1 and 3650.")
            .ValidateOnStart();
        return services
            .AddSingleton<AuditTrail>()
            .AddSingleton<AuditSender>()
            .AddHostedService(provider => provider.GetRequiredService<AuditSender>());
    }

    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/audit", SearchAsync).WithTags("Audit").Requires(Access.ToSome(AuditActions.Read)).Traces("audit.read");

    /// <summary>
    /// Searches the trace, the newest rows first. Administrators search everything, and auditors their networks. One request covers at most
    /// 31 days, by default the last seven.
    /// </summary>
    /// <param name="network">Only this network. The id <c>hub</c> stands for what belongs to no network.</param>
    /// <param name="kind">signed-in, sign-in-refused, signed-out, sign-in-ended, secrets-changed, refused, read-private, account-changed,
    /// role-changed or dropped.</param>
    /// <param name="person">The person who acted, or whom a row is about.</param>
    /// <param name="text">A part of any text in a row.</param>
    /// <param name="before">The value of <c>next</c> in the page before.</param>
    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> SearchAsync(
        HttpContext http,
        IServiceProvider services,
        IGrainFactory grains,
        TimeProvider clock,
        NetworkId? network = null,
        string? kind = null,
        PersonId? person = null,
        string? text = null,
        QueryInstant? from = null,
        QueryInstant? to = null,
        string? before = null,
        int take = 50
    )
    {
        var until = to?.At ?? clock.GetUtcNow().AddSeconds(1);
        var since = from?.At ?? until.AddDays(-7);
        if (take is < 1 or > MostTaken)
            return Problems.Of(RequestCodes.BadParameter, $"Take 1 to {MostTaken} rows.", "take");
        if (kind is not null && !AuditKinds.All.Contains(kind))
            return Problems.Of(RequestCodes.BadParameter, $"The kind is one of {string.Join(", ", AuditKinds.All)}.", "kind");
        if (text is { Length: > MostText })
            return Problems.Of(RequestCodes.BadParameter, $"A text has at most {MostText} characters.", "text");
        if (until <= since || until - since > TimeSpan.FromDays(MostDays))
            return Problems.Of(RequestCodes.BadParameter, $"Search at most {MostDays} days.", "from");
        AuditMark mark = new(until, Guid.Empty);
        if (before is not null && !TryParse(before, out mark))
            return Problems.Of(RequestCodes.BadParameter, "Use the value of next in the page before.", "before");
        if (mark.At > until)
            mark = new(until, Guid.Empty);
        var viewer = Viewer.Of(http);
        var seesAll = Access.May(viewer, AuditActions.Read, default);
        if (network is { } asked && !seesAll && !Access.May(viewer, AuditActions.Read, new Subject(asked)))
            return Problems.Of(AccessCodes.Denied);
        ImmutableArray<string> networks =
            network is { } one ? [one.Value]
            : seesAll ? [.. (await grains.ListAsync("hub/networks")).Select(n => n.Id), AuditRules.NoNetwork]
            : [.. Access.NetworksFor(viewer, AuditActions.Read).Select(n => n.Value)];
        http.Traced().Thing = string.Join(
            ' ',
            new[] { ("network", network?.Value), ("kind", kind), ("person", person?.Value), ("text", text) }
                .Where(part => !string.IsNullOrEmpty(part.Item2))
                .Select(part => $"{part.Item1}={part.Item2}")
        );
        http.Traced().Network = network;
        await services.GetRequiredService<AuditSender>().SendAsync(all: true); // so that the answer has what this node has noted
        var query = new AuditQuery(take + 1, since, mark, kind, person, string.IsNullOrWhiteSpace(text) ? null : text.Trim());
        var everywhere = seesAll && network is null;
        var (rows, next) = await ReadAsync(grains, query, networks, everywhere);
        var book = services.GetRequiredService<AccessBook>();
        return TypedResults.Ok(new AuditPage([.. rows.Select(row => Shown(row, book))], next));
    }

    private static async Task<(List<AuditRow> Rows, string? Next)> ReadAsync(
        IGrainFactory grains,
        AuditQuery query,
        ImmutableArray<string> networks,
        bool everywhere
    )
    {
        var began = Stopwatch.GetTimestamp();
        var (first, last, take) = (AuditRules.DayOf(query.From), AuditRules.DayOf(query.Before.At), query.Take - 1);
        var known = await Task.WhenAll(
            networks.Select(async network =>
                (
                    Network: network,
                    Days: (await grains.GetGrain<IAuditDaysGrain>($"{network}/days").ListAsync(first, last)).ToDictionary(d => d.Day)
                )
            )
        );
        List<AuditRow> rows = [];
        for (var day = last; day >= first; day = day.AddDays(-1))
        {
            var keys = known.SelectMany(n =>
                n.Days.TryGetValue(day, out var found) ? found.Nodes.Select(node => AuditRules.KeyOf(n.Network, day, node)) : []
            );
            var found = await Task.WhenAll(keys.Select(key => grains.GetGrain<IAuditGrain>(key).SearchAsync(query)));
            var (changes, readTo) = await ChangesAsync(grains, query, day, networks, everywhere);
            rows.AddRange(
                found
                    .SelectMany(some => some)
                    .Concat(changes)
                    .Where(row => readTo is not { } mark || new AuditMark(row.At, row.Id) >= mark)
                    .GroupBy(row => row.Id, (_, same) => same.MaxBy(row => row.Count)!) // a row may be in the traces of several networks
                    .OrderByDescending(row => new AuditMark(row.At, row.Id))
                    .Take(query.Take - rows.Count)
            );
            if (rows.Count > take)
            {
                rows.RemoveAt(take);
                return (rows, Text(new(rows[^1].At, rows[^1].Id)));
            }
            if (readTo is { } next)
                return (rows, Text(next));
            if (day > first && Stopwatch.GetElapsedTime(began) > Budget)
                return (rows, Text(new(StartOf(day), Guid.Empty)));
        }
        return (rows, null);
    }

    /// <summary>
    /// The changes of accounts and roles on a day, as rows. They are not copied into the trace, because the accounts keep their history.
    /// </summary>
    /// <returns>If the day has too many changes to read them at once, also the mark of the last one that was read.</returns>
    private static async Task<(List<AuditRow> Rows, AuditMark? ReadTo)> ChangesAsync(
        IGrainFactory grains,
        AuditQuery query,
        DateOnly day,
        ImmutableArray<string> networks,
        bool everywhere
    )
    {
        List<AuditRow> rows = [];
        if (query.Kind is not (null or AuditKinds.AccountChanged or AuditKinds.RoleChanged))
            return (rows, null);
        var (start, end) = (StartOf(day), StartOf(day.AddDays(1)));
        if (query.Before.At.AddTicks(1) is var latest && latest < end)
            end = latest;
        long? before = null;
        for (var read = 0; read < MostChanges && rows.Count < query.Take; )
        {
            var steps = await grains.GetGrain<IAccessGrain>("hub").ChangesAsync(start, end, before, MostTaken);
            rows.AddRange(
                steps.Where(step => everywhere || IsIn(step, networks)).Select(RowOf).Where(row => AuditRules.Matches(row, query))
            );
            if (steps.Length < MostTaken)
                return (rows, null);
            (read, before) = (read + steps.Length, steps[^1].Change.Version);
            if (read >= MostChanges)
                return (rows, MarkOf(steps[^1]));
        }
        return (rows, null);
    }

    private static bool IsIn(AccountStep step, ImmutableArray<string> networks) =>
        GrantOf(step) is { } grant
            ? networks.Contains(grant.Scope.Network?.Value ?? AuditRules.NoNetwork)
            : (step.Change.Account?.Grants ?? []).Any(g => networks.Contains(g.Scope.Network?.Value ?? AuditRules.NoNetwork));

    /// <summary>The role that was given or taken away.</summary>
    private static Grant? GrantOf(AccountStep step) =>
        step.Change.Grant is { } id
            ? (step.Change.Account?.Grants ?? []).Concat(step.Before?.Grants ?? []).FirstOrDefault(g => g.Id == id)
            : null;

    private static AuditMark MarkOf(AccountStep step)
    {
        Span<byte> id = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id[8..], step.Change.Version);
        return new(step.Change.At, new Guid(id));
    }

    private static AuditRow RowOf(AccountStep step)
    {
        var (change, before) = (step.Change, step.Before);
        return AuditRules.Bounded(
            new(MarkOf(step).Id, change.At, change.Grant is null ? AuditKinds.AccountChanged : AuditKinds.RoleChanged, change.What)
            {
                Person = change.By,
                Thing = change.Account?.Person.Value,
                Before = change.Grant is { } was ? GrantText(before?.Grants.FirstOrDefault(g => g.Id == was)) : AccountText(before),
                After = change.Grant is { } given
                    ? GrantText(change.Account?.Grants.FirstOrDefault(g => g.Id == given))
                    : AccountText(change.Account),
                Why = change.Reason,
            }
        );
    }

    private static string? AccountText(Account? account) =>
        account is null
            ? null
            : string.Join(
                ", ",
                new[] { account.UserName, account.Name.En, account.Email, account.Deactivated ? "deactivated" : null }.OfType<string>()
            );

    private static string? GrantText(Grant? grant)
    {
        if (grant is null)
            return null;
        var scope = new[]
        {
            grant.Scope.Network?.Value,
            grant.Scope.Hospitals.IsEmpty ? null : string.Join('+', grant.Scope.Hospitals.Select(h => h.Value)),
            grant.Scope.Partner?.Value,
            grant.Scope.Conference?.Value,
            grant.Scope.Session?.Value,
        };
        var until = grant.Until is { } end ? end.ToString("u", CultureInfo.InvariantCulture) : "…";
        var role = HubJson.Options.PropertyNamingPolicy!.ConvertName(grant.Role.ToString());
        return string.Create(CultureInfo.InvariantCulture, $"{role} {string.Join('/', scope.OfType<string>())} {grant.From:u} – {until}");
    }

    private static AuditEntry Shown(AuditRow row, AccessBook book) =>
        new(
            row.Id,
            row.At,
            row.LastAt,
            row.Count,
            row.Kind,
            row.Person,
            row.Person is { } person ? book.Find(person)?.Name : null,
            row.Address,
            row.Device,
            row.What,
            row.Route,
            row.Thing,
            row.Before,
            row.After,
            row.Why
        );

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static string Text(AuditMark mark) => string.Create(CultureInfo.InvariantCulture, $"{mark.At.UtcTicks}.{mark.Id:n}");

    private static bool TryParse(string text, out AuditMark mark)
    {
        var parts = text.Split('.');
        var valid =
            parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerDay
            && Guid.TryParseExact(parts[1], "n", out _);
        mark = valid
            ? new(new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.ParseExact(parts[1], "n"))
            : default;
        return valid;
    }
}
