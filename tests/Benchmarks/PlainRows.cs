using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ConsultHub.Benchmarks;

/// <summary>
/// The plain alternative to a list of the hub: an ASP.NET Core endpoint that queries SQLite tables and knows no rights. Also measures both.
/// </summary>
internal static class PlainRows
{
    public const int Callers = 4;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(8);

    /// <summary>Answers <c>/rows?sql=</c> with the values of the rows as texts.</summary>
    public static async Task<WebApplication> StartAsync(SqliteConnection database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var (app, gate) = (builder.Build(), new Lock());
        app.MapGet(
            "/rows",
            (string sql) =>
            {
                lock (gate)
                    return TypedResults.Ok(Read(database, sql));
            }
        );
        await app.StartAsync();
        return app;
    }

    /// <summary>Measures how long several callers wait for the answer at an address.</summary>
    public static async Task<Latencies> AskAsync(HttpClient http, string address)
    {
        await http.GetStringAsync(address);
        return await Latencies.MeasureAsync(
            Callers,
            Each,
            async (_, _) =>
            {
                using var answer = await http.GetAsync(address);
                return answer.IsSuccessStatusCode && (await answer.Content.ReadAsByteArrayAsync()).Length > 100;
            }
        );
    }

    private static List<string[]> Read(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([
                .. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!),
            ]);
        return rows;
    }
}
