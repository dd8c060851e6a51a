using MPilot.Jobs.Storage.Sqlite;
using MPilot.Jobs.Storage.Tests.Samples;

using SQLitePCL;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteLibraryTests
{
    private const int LazyAndGlobal = 0x101;

    [Fact]
    public void Load_WhenAnotherSqliteComesIntoTheProcess_SqliteStillCallsItself()
    {
        using var folder = new TemporaryFolder();
        using var session = SqliteSession.Open(Path.Combine(folder.Path, "jobs.db"), TimeSpan.FromSeconds(5));
        SqliteLibrary.Open("libsqlite3.so.0", LazyAndGlobal).ShouldNotBe(0, "the SQLite that libvips brings along is needed here");

        // The function asks the library for its own name, by a call that could be bound elsewhere.
        var called = session.Prepare("SELECT sqlite_source_id()").First(row => row.TextAt(0));

        called.ShouldBe(raw.sqlite3_sourceid().utf8_to_string());
    }
}
