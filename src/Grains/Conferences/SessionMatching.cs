using System.Collections.Immutable;
using ConsultHub.Conferences.Export;

namespace ConsultHub.Conferences;

/// <summary>Matches the sessions of a file with the existing sessions of a conference. Pure.</summary>
internal static class SessionMatching
{
    /// <summary>
    /// Returns, for each incoming session, the existing session that it updates, or null. Sessions are matched by guid, and then by the
    /// guid that an export made. If one of two sessions has no guid, they are matched by id. If, in addition, neither has an id in the
    /// file, they are matched by the hub's own id. Some files use the same guid or id for several sessions, so a candidate with the same
    /// id, title, start and room is preferred, and then one with the same id and title. Each existing session is matched at most once.
    /// </summary>
    public static ConferenceSession?[] Match(IEnumerable<ConferenceSession> existing, ImmutableArray<ConferenceSession> incoming)
    {
        var free = existing.OrderBy(s => s.Id.Value.Length).ThenBy(s => s.Id.Value, StringComparer.Ordinal).ToList();
        var matches = new ConferenceSession?[incoming.Length];
        HashSet<SessionId> taken = [];
        Pass(s => s.SourceGuid, (_, _) => true);
        Pass(s => s.SourceGuid, (_, _) => true, s => ExportNames.GuidOf(s.Id));
        Pass(s => s.SourceId, (before, now) => before.SourceGuid is null || now.SourceGuid is null);
        Pass(
            s => s.Id.Value,
            (before, now) => before.SourceId is null && now.SourceId is null && (before.SourceGuid is null || now.SourceGuid is null)
        );
        return matches;

        void Pass(
            Func<ConferenceSession, string?> key,
            Func<ConferenceSession, ConferenceSession, bool> mayMatch,
            Func<ConferenceSession, string?>? existingKey = null
        )
        {
            existingKey ??= key;
            var byKey = free.Where(s => !taken.Contains(s.Id) && existingKey(s) is not null)
                .GroupBy(s => existingKey(s)!)
                .ToDictionary(g => g.Key, g => g.ToList());
            // For each key, the best matches are made first.
            foreach (var likeness in (Func<ConferenceSession, ConferenceSession, bool>[])[AlikeInAll, AlikeInSome, (_, _) => true])
                for (var i = 0; i < incoming.Length; i++)
                {
                    if (matches[i] is not null || key(incoming[i]) is not { } value || !byKey.TryGetValue(value, out var candidates))
                        continue;
                    var found = candidates.FindIndex(c => mayMatch(c, incoming[i]) && likeness(c, incoming[i]));
                    if (found < 0)
                        continue;
                    matches[i] = candidates[found];
                    taken.Add(candidates[found].Id);
                    candidates.RemoveAt(found);
                }
        }
    }

    private static bool AlikeInAll(ConferenceSession a, ConferenceSession b) =>
        a.SourceId == b.SourceId && a.Title == b.Title && a.Start == b.Start && a.Room == b.Room;

    private static bool AlikeInSome(ConferenceSession a, ConferenceSession b) => a.SourceId == b.SourceId && a.Title == b.Title;
}
