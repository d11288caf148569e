using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences.Edits;
using ConsultHub.Conferences.Releases;
using ConsultHub.Records;

namespace ConsultHub.Conferences;

/// <summary>
/// The rows of files about the conference and its sessions. Each row is decided like an edit of a person. If there is a draft, the rows are
/// those of the draft.
/// </summary>
internal sealed partial class ConferenceGrain
{
    /// <summary>How many rows are checked at the same time. A check may ask rosters.</summary>
    private const int ChecksAtOnce = 32;

    public Task<ImmutableArray<IRecord>> RecordsAsync() =>
        Task.FromResult<ImmutableArray<IRecord>>(
            EditedConference() is { } conference
                ?
                [
                    ConferenceRow.Of(conference),
                    .. (Stored.Draft?.Sessions.Values.Select(s => s.Session) ?? Stored.Sessions.Values)
                        .OrderBy(s => s.Start ?? DateTimeOffset.MaxValue)
                        .ThenBy(s => s.Id.Value, StringComparer.Ordinal)
                        .Select(SessionRow.Of),
                ]
                : []
        );

    /// <summary>
    /// Stores rows one by one. Unlike other owners of records, a conference keeps the rows that it has stored if a later one is refused.
    /// </summary>
    public async Task<RecordReply> EditAsync(Actor actor, EditRecords command)
    {
        var faults = ImmutableArray.CreateBuilder<RecordFault>();
        foreach (var edit in command.Edits)
        {
            if (Unmet(edit, out var isStored) is { } unmet)
                faults.Add(unmet);
            else if (!isStored)
            {
                var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{command.CommandId}/{edit.Record}")).AsSpan(0, 16));
                var reply = edit.Value is SessionRow row
                    ? await EditSessionAsync(actor, OfSession(id, row, command.Reason))
                    : await EditConferenceAsync(actor, OfConference(id, (ConferenceRow)edit.Value!, command.Reason));
                if (reply.Refusal is { } refusal)
                    faults.Add(Fault(edit, refusal));
            }
        }
        await WhenAllStoredAsync();
        return faults.Count > 0 ? new RecordsRefused(faults.DrainToImmutable()) : new RecordsEdited(StoredVersion);
    }

    public async Task<RecordCheck> CheckAsync(EditRecords command)
    {
        var faults = ImmutableArray.CreateBuilder<RecordFault>();
        foreach (var some in command.Edits.Chunk(ChecksAtOnce))
            faults.AddRange((await Task.WhenAll(some.Select(edit => FaultAsync(edit, command.Reason)))).OfType<RecordFault>());
        var known = Stored.Draft?.Sessions.Count ?? Stored.Sessions.Count;
        var added = command.Edits.Where(e => e.Value is SessionRow row && SessionEditRules.Edited(Stored, row.Id) is null);
        faults.AddRange(
            added
                .Skip(Math.Max(0, DraftRules.MostDrafted - known))
                .Select(e => new RecordFault(e.Record, RecordCodes.TooMany, $"A programme has at most {DraftRules.MostDrafted} sessions."))
        );
        ImmutableArray<RecordChange> changes =
            faults.Count == 0 ? [.. command.Edits.Select(e => new RecordChange(e.Record, RowOf(e), e.Value))] : [];
        return new(faults.DrainToImmutable(), changes, null, []);
    }

    private async Task<RecordFault?> FaultAsync(RecordEdit edit, string? reason)
    {
        if (Unmet(edit, out var isStored) is { } unmet)
            return unmet;
        if (isStored)
            return null;
        EditOutcome outcome;
        if (edit.Value is SessionRow row)
        {
            var command = OfSession(Guid.NewGuid(), row, reason);
            outcome = SessionEditRules.Decide(Head, Id, Actor.System.Person, command, await FactsAsync(command), Clock.GetUtcNow());
        }
        else
        {
            var command = OfConference(Guid.NewGuid(), (ConferenceRow)edit.Value!, reason);
            outcome = ConferenceEditRules.Decide(Head, Id, Actor.System.Person, command, await FactsAsync(command), Clock.GetUtcNow());
        }
        return outcome.Refusal is { } refusal ? Fault(edit, refusal) : null;
    }

    private EditSession OfSession(Guid id, SessionRow row, string? reason)
    {
        var known = SessionEditRules.Edited(Stored, row.Id);
        return new(id, row.Id, row.AsText(known), known is null ? RecordTag.None : EditTag.Of(known), reason);
    }

    private EditConference OfConference(Guid id, ConferenceRow row, string? reason)
    {
        var known = ConferenceEditRules.Edited(Stored);
        return new(id, row.AsText(known), known is null ? RecordTag.None : EditTag.Of(known), reason);
    }

    private IRecord? RowOf(RecordEdit edit) =>
        edit.Value is SessionRow row
            ? SessionEditRules.Edited(Stored, row.Id) is { } session
                ? SessionRow.Of(session)
                : null
            : EditedConference() is { } conference
                ? ConferenceRow.Of(conference)
                : null;

    /// <summary>The fault of a row that removes something, or whose record somebody else has changed meanwhile.</summary>
    /// <param name="isStored">Whether the row is stored already, by an earlier attempt of the same import.</param>
    private RecordFault? Unmet(RecordEdit edit, out bool isStored)
    {
        isStored = false;
        if (edit.Value is not (SessionRow or ConferenceRow))
            return new(edit.Record, RecordCodes.InUse, "A file removes no session. A session is cancelled instead.");
        if (edit.Value is SessionRow { Start: null } and not SessionRow { End: null } or SessionRow { Start: not null, End: null })
            return new(
                edit.Record,
                RecordCodes.Required,
                "A session has a start and an end, or neither.",
                edit.Value is SessionRow { Start: null } ? "start" : "end"
            );
        var now = RowOf(edit);
        var tag = now is null ? RecordTag.None : RecordTag.Of(now);
        isStored = tag == RecordTag.Of(edit.Value);
        return isStored || edit.Expected is null || edit.Expected == tag
            ? null
            : new(edit.Record, RecordCodes.Changed, RecordCodes.Changed.Message!, Current: now);
    }

    private static RecordFault Fault(RecordEdit edit, Refusal refusal)
    {
        var findings = refusal.Findings.IsDefault ? [] : refusal.Findings;
        var finding = findings.FirstOrDefault(f => !f.Overridable) ?? findings.FirstOrDefault();
        return new(
            edit.Record,
            finding?.Code ?? refusal.Code.Name,
            finding?.Message ?? refusal.Message,
            ColumnOf(refusal.Place),
            Overridable: finding?.Overridable ?? refusal.Code == ConferenceCodes.ReasonMissing
        );
    }

    /// <summary>The column of a place in the JSON of an edit, such as <c>$.rooms[2].name</c>.</summary>
    private static string? ColumnOf(string? place) =>
        place switch
        {
            "$.title" => "title.en",
            "$.titleAr" => "title.ar",
            "$.titleKo" => "title.ko",
            "$.duration" => "end",
            "session" => "id",
            not null when place.StartsWith("$.", StringComparison.Ordinal) => place[2..].Split('[', '.')[0],
            _ => null,
        };
}
