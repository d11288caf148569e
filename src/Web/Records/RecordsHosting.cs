using ConsultHub.Web.Live;

namespace ConsultHub.Web.Records;

/// <summary>Records that people enter: single records, lists, files and histories.</summary>
public static class RecordsHosting
{
    public static IServiceCollection AddRecords(this IServiceCollection services) =>
        services
            .AddSingleton<OwnerBook>()
            .AddSingleton<RecordScopes>()
            .AddSingleton<LicenceBook>()
            .AddSingleton<RecordReferences>()
            .AddSingleton<RecordUses>()
            .AddSingleton<RecordStore>()
            .AddSingleton<RecordRows>()
            .AddSingleton<RecordTables>()
            .AddSingleton<SameQuestions>()
            .AddSingleton<TableImport>()
            .AddTopic<RecordsTopic>();

    /// <summary>Adds the tables of a feature.</summary>
    internal static IServiceCollection AddTables(this IServiceCollection services, params ReadOnlySpan<RecordTable> tables)
    {
        foreach (var table in tables)
            services.AddSingleton(table);
        return services;
    }

    public static void MapRecords(this IEndpointRouteBuilder app)
    {
        foreach (var table in app.ServiceProvider.GetRequiredService<RecordTables>().All.Where(t => !t.ByFileOnly))
            app.MapRecord(table);
        app.MapNewRecords();
        app.MapTables();
    }
}
