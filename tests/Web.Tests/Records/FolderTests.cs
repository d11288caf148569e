using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Records;

/// <summary>A folder of CSV files that <c>deploy/import.sh</c> imports with a token, up to an accepted reassignment.</summary>
[Collection(nameof(RecordsHub))]
public sealed class FolderTests(RecordsHub hub)
{
    private static readonly string Script = Find("deploy/import.sh");

    [Fact]
    public async Task A_folder_of_files_fills_an_empty_network_with_a_token_up_to_an_accepted_reassignment()
    {
        var network = await hub.NetworkAsync();
        var (id, start) = (network.Id, EnteredNetwork.Iso(network.Start));
        var end = EnteredNetwork.Iso(network.Start.AddHours(1));
        using var folder = new Folder();
        folder.Write("partners", "network,id,name.en,timeZone", $"{id},asan,Asan Medical Center,Asia/Seoul");
        folder.Write("hospitals", "network;id;name.en;city;timeZone", $"{id};{network.North};North;Sharjah;Asia/Dubai");
        folder.Write("rooms", "hospital,id,name.en,capacity", $"{network.North},clinic-1,Clinic 1,6");
        folder.Write("hours", "hospital,day,opens,closes", $"{network.North},tuesday,08:00,17:00");
        folder.Write(
            "consultants",
            "id,name.en,name.ko,specialties,home,homeTimeZone,networks",
            $"{id}-kim,Kim Min-jun,김민준,cardiology,asan,Asia/Seoul,{id}",
            $"{id}-lee,Lee Seo-yeon,이서연,cardiology,asan,Asia/Seoul,{id}"
        );
        var (from, to) = (EnteredNetwork.Iso(network.Start.AddDays(-30)), EnteredNetwork.Iso(network.Start.AddDays(30)));
        string[] people = [$"{id}-kim", $"{id}-lee"];
        folder.Write(
            "credentials",
            "consultant,id,hospital,specialty,from,to",
            [.. people.Select(p => $"{p},c,{network.North},cardiology,{from},{to}")]
        );
        folder.Write(
            "visits",
            "consultant,id,network,arrival,departure",
            [
                .. people.Select(p =>
                    $"{p},v,{id},{EnteredNetwork.Iso(network.Start.AddDays(-5))},{EnteredNetwork.Iso(network.Start.AddDays(9))}"
                ),
            ]
        );
        folder.Write(
            "engagements",
            "id,kind,title,hospital,room,consultants,specialty,start,end,confirmed",
            $"e-1,consultation,Cardiology clinic,{network.North},clinic-1,{id}-kim,cardiology,{start},{end},true"
        );
        var token = await TokenAsync(
            "networks.change",
            "hospitals.change",
            "consultants.change",
            "consultants.change-credentials",
            "roster.plan"
        );
        var (code, said) = await RunAsync(folder, id, token);
        Assert.True(code == 0, said);
        Assert.Equal(8, said.Split('\n').Count(line => line.EndsWith(": stored", StringComparison.Ordinal)));
        // Nothing changes the second time.
        Assert.Equal((0, said), await RunAsync(folder, id, token));

        using var lee = Caller.Nobody(hub.Host.Address);
        var opened = await DoAsync(
            hub.Admin.Http,
            "POST",
            "api/people",
            new
            {
                commandId = Guid.NewGuid(),
                userName = $"{id}.lee",
                person = $"{id}-lee",
                name = new { en = "Lee Seo-yeon" },
                roles = new[] { new { role = "consultant", scope = new { network = id } } },
            }
        );
        var link = opened.GetProperty("link").GetString()!.Split('#')[1];
        await DoAsync(lee.Http, "POST", "api/invitations/acceptance", new { token = link, password = Password });
        using var program = Program(hub.Host.Address, token);
        var planned = await EngagementAsync(network);
        var commands = $"api/rosters/{id}/{network.Week}/commands";
        await DoAsync(
            program,
            "POST",
            commands,
            new
            {
                type = "propose",
                commandId = Guid.NewGuid(),
                engagement = "e-1",
                expectedVersion = planned.GetProperty("version").GetInt64(),
                candidate = $"{id}-lee",
                replaces = $"{id}-kim",
                ladder = Array.Empty<string>(),
                answerWithinSeconds = 3600,
            }
        );
        var asked = await EngagementAsync(network);
        await DoAsync(
            lee.Http,
            "POST",
            commands,
            new
            {
                type = "accept",
                commandId = Guid.NewGuid(),
                engagement = "e-1",
                expectedVersion = asked.GetProperty("version").GetInt64(),
                proposal = asked.GetProperty("proposal").GetProperty("id").GetString(),
            }
        );
        Assert.Equal($"{id}-lee", (await network.RowsAsync("engagements")).Single()["consultants"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refused_row_stops_the_script_which_names_the_line_and_the_column()
    {
        var network = await hub.NetworkAsync();
        using var folder = new Folder();
        folder.Write("hospitals", "id,name.en,city,timeZone", $"{network.North},North,Sharjah,Mars/Base");
        folder.Write("rooms", "hospital,id,name.en,capacity", $"{network.North},clinic-1,Clinic 1,6");
        var (code, said) = await RunAsync(folder, network.Id, await TokenAsync("hospitals.change"));
        Assert.Equal(1, code);
        Assert.Contains("record.unknown-zone", said, StringComparison.Ordinal);
        Assert.Contains("\"line\":2", said, StringComparison.Ordinal);
        Assert.DoesNotContain("stored\n", said, StringComparison.Ordinal);
        Assert.Empty(await network.RowsAsync("hospitals"));
    }

    private async Task<string> TokenAsync(params string[] actions)
    {
        var body = new
        {
            name = "The script",
            actions,
            until = DateTimeOffset.UtcNow.AddDays(1),
        };
        return (await DoAsync(hub.Admin.Http, "POST", "api/tokens", body)).GetProperty("token").GetString()!;
    }

    private static HttpClient Program(Uri address, string token)
    {
        var program = new HttpClient { BaseAddress = address };
        program.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        return program;
    }

    /// <summary>The only engagement of the week, as the board shows it.</summary>
    private static async Task<JsonElement> EngagementAsync(EnteredNetwork network)
    {
        var board = (await network.GetAsync($"api/topics/board/{network.Id}/{network.Week}")).Is(HttpStatusCode.OK).Json;
        return board.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("type").GetString() == "engagement");
    }

    private async Task<(int Code, string Said)> RunAsync(Folder folder, string network, string token)
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", [Script, hub.Host.Address.ToString().TrimEnd('/'), network, folder.Path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["HUB_TOKEN"] = token },
            }
        )!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Find(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, file)))
            folder = folder.Parent ?? throw new FileNotFoundException(file);
        return Path.Combine(folder.FullName, file);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("hub-folder-").FullName;

        public void Write(string table, string columns, params string[] rows) =>
            File.WriteAllLines(System.IO.Path.Combine(Path, $"{table}.csv"), [columns, .. rows]);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
