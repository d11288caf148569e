using System.Text.Json.Nodes;

namespace ConsultHub.Tests.Releases;

/// <summary>
/// A released alias or id never changes. This release reads what an earlier release has stored. While this release replaces an earlier one,
/// silos of both releases exchange calls.
/// </summary>
public sealed class PayloadTests : IDisposable
{
    /// <summary>
    /// The variable that names a release, such as 2027-01. If it is set, a test adds the missing payloads to the file of that release.
    /// </summary>
    private const string WriteVariable = "HUB_WRITE_PAYLOADS";

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public void Every_payload_of_an_earlier_release_is_read_as_it_was_written()
    {
        var dump = new Dump(_wire);
        var types = _wire.Types.ToDictionary(_wire.NameOf);
        var payloads = Payload.ReadAll();
        // The shortest description of a fault comes first, because it is usually the nearest to the cause.
        var faults = payloads.Select(p => FaultOf(p, types, dump)).OfType<string>().Distinct().OrderBy(f => f.Length).ToList();
        Assert.NotEmpty(payloads);
        Assert.True(
            faults.Count == 0,
            Sentence(
                $"{faults.Count} payloads are not read as they were written. A released [Alias], [Id] or enum's value never changes",
                faults
            )
        );
    }

    [Fact]
    public void Every_stored_type_has_a_payload()
    {
        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 } release)
            WriteMissing(release);
        var shown = ShownBy(Payload.ReadAll());
        var missing = _wire.Needs().Select(n => n.Item).Where(item => !shown.Contains(item)).Distinct().ToList();
        Assert.True(
            missing.Count == 0,
            Sentence(
                $"{missing.Count} types, members or values of enums are in no payload. Run this test with {WriteVariable} set to the "
                    + "coming release, such as 2027-01, and commit the file that it writes",
                missing
            )
        );
    }

    [Fact]
    public void Every_stored_type_is_known_by_its_alias() =>
        Assert.All(_wire.Types.Select(_wire.NameOf), name => Assert.DoesNotContain(nameof(ConsultHub), name));

    /// <summary>Describes the difference between the payload as it was written and as it is read. Null if there is none.</summary>
    private string? FaultOf(Payload payload, Dictionary<string, Type> types, Dump dump)
    {
        if (!types.TryGetValue(payload.Name, out var type))
            return $"{payload.Name}: no type and no call has this name any more.";
        try
        {
            var known = JsonNode.Parse(payload.Dump)!;
            var place = PlaceOf(type, known);
            var read = dump.Of(_wire.Read(Convert.FromBase64String(payload.Bytes), place), place, known);
            return Difference(known, read, "") is { } difference ? $"{payload.Name}: {difference}." : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{payload.Name}: cannot be read ({e.GetType().Name}: {e.Message}).";
        }
    }

    /// <summary>
    /// The type as which the payload was written: usually its highest base type. If the dump has no <c>type</c>, the payload was written as
    /// its own type, because that type had no base type in that release.
    /// </summary>
    private static Type PlaceOf(Type type, JsonNode known) =>
        Wire.PlaceOf(type) is var place && Wire.IsWritten(place) && known is JsonObject named && !named.ContainsKey("type") ? type : place;

    /// <summary>Describes the first place where two dumps differ. Null if they are the same.</summary>
    private static string? Difference(JsonNode? written, JsonNode? read, string at)
    {
        if (written is JsonObject known && read is JsonObject found)
            return known
                .Select(m => m.Key)
                .Union(found.Select(m => m.Key))
                .Select(key =>
                    !found.ContainsKey(key) ? $"member {at}{key} was {Dump.TextOf(known[key])} and there is no such member"
                    : !known.ContainsKey(key) ? $"member {at}{key} was not written and is {Dump.TextOf(found[key])}"
                    : Difference(known[key], found[key], $"{at}{key}.")
                )
                .FirstOrDefault(difference => difference is not null);
        if (written is JsonArray { Count: var count } items && read is JsonArray others && others.Count == count)
            return Enumerable
                .Range(0, count)
                .Select(i => Difference(items[i], others[i], $"{at}[{i}]."))
                .FirstOrDefault(difference => difference is not null);
        return Dump.TextOf(written) == Dump.TextOf(read)
            ? null
            : $"member {at.TrimEnd('.')} was {Dump.TextOf(written)} and is {Dump.TextOf(read)}";
    }

    private HashSet<string> ShownBy(List<Payload> payloads)
    {
        var dump = new Dump(_wire);
        var types = _wire.Types.ToDictionary(_wire.NameOf);
        foreach (var payload in payloads)
            _ = FaultOf(payload, types, dump);
        return [.. dump.Shown, .. payloads.Select(p => p.Name)];
    }

    private void WriteMissing(string release)
    {
        var shown = ShownBy(Payload.ReadAll());
        var sample = new Sample(_wire);
        var dump = new Dump(_wire);
        List<Payload> added = [];
        // One object cannot contain all values of a large enum. Each round makes more objects for the values that are still missing.
        for (var round = 0; round < 100; round++)
            foreach (var (item, type) in _wire.Needs().Where(n => !shown.Contains(n.Item)).ToList())
            {
                if (shown.Contains(item))
                    continue;
                var place = Wire.PlaceOf(type);
                var value = sample.Of(type);
                var text = Dump.TextOf(dump.Of(value, place));
                added.Add(new(_wire.NameOf(type), Convert.ToBase64String(_wire.Write(value, place)), text));
                shown.UnionWith([.. dump.Shown, _wire.NameOf(type)]);
            }
        if (added.Count > 0)
            Payload.Add(release, added);
    }

    private static string Sentence(string what, List<string> lines) =>
        what + ":" + Environment.NewLine + string.Join(Environment.NewLine, lines.Take(40).Select(line => "  " + line));
}
