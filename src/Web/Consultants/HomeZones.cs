using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Consultants;
using ConsultHub.Networks;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Consultants;

/// <summary>A consultant without a time zone of the home gets that of the partner who sends the consultant.</summary>
internal static class HomeZones
{
    private const string Zone = "homeTimeZone";

    public static async ValueTask CompleteAsync(IServiceProvider services, JsonObject consultant)
    {
        if (consultant[Zone] is not null || Text(consultant["home"]) is not { } home)
            return;
        var networks = (consultant["networks"] as JsonArray ?? []).Select(Text).Append(Text(consultant["affiliation"]));
        if (await FindAsync(services, home, networks) is { } zone)
            consultant[Zone] = zone;
    }

    /// <summary>
    /// Fills the column in the rows of new consultants. If the file does not have the column, the consultants whom the hub knows keep their
    /// zones.
    /// </summary>
    public static async ValueTask<CsvFile> CompleteAsync(TableUpload upload, CsvFile file)
    {
        int At(string name) => Array.FindIndex(file.Header, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (id, home, at, networks) = (At("id"), At("home"), At(Zone), At("networks"));
        if (home < 0 || file.Rows.All(r => r.Cells.Length < file.Header.Length))
            return file;
        var owners = upload.Services.GetRequiredService<OwnerBook>();
        var (zones, rows) = (new Dictionary<(string Home, string Networks), string?>(), new List<(int, string[])>(file.Rows.Count));
        foreach (var (line, cells) in file.Rows)
            rows.Add(
                (
                    line,
                    cells.Length < file.Header.Length || (at >= 0 && Cell(cells, at).Length > 0) ? cells : await FilledAsync(line, cells)
                )
            );
        return file with { Header = at < 0 ? [.. file.Header, Zone] : file.Header, Rows = rows };

        async ValueTask<string[]> FilledAsync(int line, string[] cells)
        {
            var person = upload.Answers.Same.GetValueOrDefault(line, Cell(cells, id));
            var known =
                at < 0 && TextId.IsValid(person)
                    ? (await owners.FindAsync(OwnerKind.Consultant, person))?.Profile as ConsultantProfile
                    : null;
            var key = (Home: Cell(cells, home), Networks: Cell(cells, networks));
            if (known is null && key.Home.Length > 0 && !zones.ContainsKey(key))
                zones[key] = await FindAsync(
                    upload.Services,
                    key.Home,
                    key.Networks.Split(';', StringSplitOptions.TrimEntries).Append(upload.Network?.Value)
                );
            var zone = known?.HomeTimeZone ?? zones.GetValueOrDefault(key) ?? "";
            if (at >= 0)
            {
                var filled = (string[])cells.Clone();
                filled[at] = zone;
                return filled;
            }
            return [.. cells[..file.Header.Length], zone, .. cells[file.Header.Length..]];
        }
    }

    private static string Cell(string[] cells, int at) => at < 0 ? "" : cells[at].Trim();

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    /// <summary>The time zone of a partner of one of the networks. Null if there is no such partner.</summary>
    private static async ValueTask<string?> FindAsync(IServiceProvider services, string home, IEnumerable<string?> networks)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        foreach (var network in networks.Where(TextId.IsValid).Distinct())
            if (
                (await grains.GetGrain<INetworkGrain>(network!).GetAsync())?.Partners.FirstOrDefault(p => p.Id.Value == home) is { } partner
            )
                return partner.TimeZone;
        return null;
    }
}
